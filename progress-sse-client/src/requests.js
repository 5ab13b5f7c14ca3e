// Requests to the server other than streams.

import { absolute, ownBase, start } from './watch.js';

/** @import { Job } from './job.js' */
/** @import { JobWatch, Target, WatchOptions } from './watch.js' */

/**
 * @typedef {Pick<WatchOptions, 'base' | 'headers' | 'credentials'>} Call
 *
 * @typedef {object} Sent
 * @property {string} [jobId] by default a new one
 * @property {string} [jobIdHeader] `X-Job-Id`
 * @property {typeof globalThis.fetch} [fetch] sends the work, as the platform's own cannot tell how far an upload is
 * @property {(watch: JobWatch) => void} [onWatch] is given the watch before the work is sent
 * @property {(jobId: string) => Target} [target] the stream of a job at an application's own URL
 *
 * @typedef {WatchOptions & Sent} Submission
 */

/** The server did not take the work. */
export class SubmitError extends Error {
  name = 'SubmitError';

  /**
   * @param {string} message
   * @param {number} status the HTTP status; 0 if there was no answer
   * @param {any} problem the answer's problem+json; `null` if it has none
   * @param {Response} [response]
   * @param {ErrorOptions} [options]
   */
  constructor(message, status, problem, response, options) {
    super(message, options);
    this.status = status;
    this.problem = problem;
    this.response = response;
  }
}

/**
 * @param {string | URL} url
 * @param {RequestInit} init
 * @param {Submission} options
 * @returns {Promise<JobWatch>}
 */
export async function submit(url, init, options) {
  const { jobId = '', jobIdHeader = 'X-Job-Id', target = (id) => id, fetch = globalThis.fetch } = options;
  const { job, refresh, watch } = start(target(jobId), options);
  const arrive = expect(job, refresh);
  options.onWatch?.(watch);
  try {
    const headers = await headersOf(url, options);
    new Headers(init.headers).forEach((value, name) => headers.set(name, value));
    headers.set(jobIdHeader, jobId);
    watch.response = await fetch(absolute(url), { method: 'POST', credentials: options.credentials, ...init, headers });
  } catch (error) {
    // The answer is lost, the work perhaps is not.
    if (watch.getSnapshot().state === 'waiting') {
      watch.close();
      arrive();
      throw new SubmitError('The work could not be sent', 0, null, undefined, { cause: error });
    }
  }
  const { response } = watch;
  const refused = response && !response.ok && !started(response);
  if (refused) watch.close();
  arrive();
  if (!refused) return watch;
  const problem = await response.clone().json().catch(() => null);
  const message = problem?.detail ?? problem?.title ?? `The server answered ${response.status}`;
  throw new SubmitError(message, response.status, problem, response);

  /**
   * Whether the answer is that of work which began and then failed: the server names the job, or the job has been seen.
   * The server answers 409 also where the id belongs to another job.
   *
   * @param {Response} answer
   */
  function started(answer) {
    return answer.headers.get(jobIdHeader) === jobId || (answer.status !== 409 && watch.getSnapshot().state !== 'waiting');
  }
}

/**
 * Until its submission is answered, a job that is not there may come late.
 *
 * @param {Job | undefined} job
 * @param {() => void} refresh
 * @returns {() => void} ends that, and looks again if the job was missed
 */
function expect(job, refresh) {
  if (!job) return () => {};
  const { unknown } = job;
  let missed = false;
  job.unknown = () => {
    missed = true;
  };
  return () => {
    if (missed) refresh();
    // After the refresh, because an answer from before the job existed says nothing about it.
    setTimeout(() => (job.unknown = unknown));
  };
}

/**
 * @param {string} jobId
 * @param {Call} options
 */
export const cancel = async (jobId, options) => (await call('DELETE', jobId, options)).ok;

/**
 * @param {string} jobId
 * @param {Call} options
 */
export async function cancellable(jobId, options) {
  const answer = await call('OPTIONS', jobId, options).catch(() => null);
  return /\bDELETE\b/.test(answer?.headers.get('allow') ?? '');
}

/**
 * @param {string} method
 * @param {string} jobId
 * @param {Call} options
 */
async function call(method, jobId, options) {
  const { base = ownBase(), credentials } = options;
  const url = `${absolute(base).replace(/\/$/, '')}/jobs/${jobId}`;
  return fetch(url, { method, credentials, headers: await headersOf(url, options) });
}

/**
 * The headers that the page has chosen, and the CSRF token that Spring Security keeps in a cookie. The token goes to the
 * page's own origin only.
 *
 * @param {string | URL} url
 * @param {Call} options
 */
async function headersOf(url, { headers }) {
  const all = new Headers(typeof headers === 'function' ? await headers() : headers);
  const token = /(?:^|; )XSRF-TOKEN=([^;]*)/.exec(globalThis.document?.cookie ?? '')?.[1];
  if (token && !all.has('X-XSRF-TOKEN') && new URL(absolute(url)).origin === globalThis.location?.origin) {
    all.set('X-XSRF-TOKEN', decodeURIComponent(token));
  }
  return all;
}
