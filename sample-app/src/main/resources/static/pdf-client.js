// The PDF API as its clients' SDK has it: import { PdfClient } from '/pdf-client.js'
import { watch } from '/progress/client.js';

export class PdfClient {
  constructor({ baseUrl = '', apiKey } = {}) {
    this.url = `${baseUrl.replace(/\/$/, '')}/api/pdf`;
    this.headers = apiKey ? { 'X-API-Key': apiKey } : {};
  }

  /** Follows a job, also one that is still to be submitted. Returns a function that ends it. */
  subscribeToJob(id, { onProgress, onDone, onError } = {}) {
    const fail = ({ error, problem }) => onError?.(new Error(error?.message ?? problem?.title ?? 'There is no such job'));
    const onEvent = (state, event) => state.ended || onProgress?.(event);
    const ends = { onDone: ({ result }) => onDone?.(result), onFailed: fail, onUnknown: fail };
    return watch(`${this.url}/jobs/${id}/events`, { format: 'phase', headers: this.headers, onProgress: onEvent, ...ends }).close;
  }

  generateFromHtml = (html, { jobId, ...options } = {}) =>
    this.#send('generate-from-html', JSON.stringify({ html, options }), jobId, { 'Content-Type': 'application/json' });

  merge = (files, { jobId } = {}) => this.#send('merge', form(files), jobId);
  compress = (file, { jobId } = {}) => this.#send('compress', form([file]), jobId);
  extractText = (file, { jobId } = {}) => this.#send('extract-text', form([file]), jobId);
  toImage = (file, { jobId, ...options } = {}) => this.#send('to-image', form([file], options), jobId);

  /** Answers with `{job_id, events}`. */
  async #send(operation, body, jobId, headers) {
    const id = jobId ? { 'X-Job-Id': jobId } : {};
    const answer = await fetch(`${this.url}/${operation}`, { method: 'POST', body, headers: { ...this.headers, ...headers, ...id } });
    if (!answer.ok) throw new Error((await answer.json()).detail ?? `The server answered ${answer.status}`);
    return answer.json();
  }
}

function form(files, options = {}) {
  const data = new FormData();
  files.forEach((file, i) => data.append('file', file, file.name ?? `${i + 1}.pdf`));
  Object.entries(options).forEach(([name, value]) => data.append(name, value));
  return data;
}
