// Watches the progress of jobs. No dependencies; works in browsers and in Node.

import { Channel, MAX_JOBS } from './channel.js';
import { Job } from './job.js';

/** @import { Handlers } from './job.js' */
/** @import { Settings } from './connection.js' */
/** @import { Reader, Way } from './channel.js' */
/** @typedef {import('./state.js').JobState} JobState */
/** @typedef {import('./state.js').Progress} Progress */
/** @typedef {import('./state.js').Problem} Problem */
/** @typedef {import('./state.js').Note} Note */
/** @typedef {import('./state.js').Phase} Phase */

/**
 * @typedef {object} Choices
 * @property {string | URL} [base] where the starter's endpoints are; by default the folder this script came from, else
 *   `/progress`
 * @property {'standard' | 'phase' | 'percent' | 'stage' | 'status'} [format] what the stream speaks
 * @property {Reader} [reader] reads an application's own format: from an event's data and name, the members of
 *   `Progress` that it tells; `null` for none
 * @property {string} [lastEventId] go on behind this event
 * @property {AbortSignal} [signal] closes the watch
 *
 * @typedef {Handlers & Settings & Choices} WatchOptions
 *
 * @typedef {string | URL | (() => string | URL | Promise<string | URL>)} Target a job id, the URL of an event stream, or
 *   a function that gives one for each request: a one-time ticket is good once
 */

const JOB_ID = /^[A-Za-z0-9_-]{1,128}$/;

/** @type {{channel: Channel, key: unknown[]}[]} */
const shared = [];

/** A job that is watched. Methods may be passed on without their object. */
export class JobWatch {
  #job;
  #options;

  /**
   * @param {Job} job
   * @param {WatchOptions} options
   */
  constructor(job, options) {
    this.#job = job;
    this.#options = options;
    /** How the work was answered, if `submit` sent it. @type {Response | undefined} */
    this.response = undefined;
  }

  get jobId() {
    return this.#job.state.jobId;
  }

  /** Fulfilled when nothing more is to come: at the end, or by `close`. @type {Promise<JobState>} */
  get ended() {
    return this.#job.ended;
  }

  /** The same object until something changes. */
  getSnapshot = () => this.#job.state;

  /**
   * @param {() => void} listener called after each change
   * @returns {() => void} ends it
   */
  subscribe = (listener) => this.#job.subscribe(listener);

  /** Asks the job to stop. @returns {Promise<boolean>} whether the server accepted that */
  cancel = () => cancel(this.jobId, this.#options);

  /** Whether the server lets jobs be cancelled. @returns {Promise<boolean>} */
  cancellable = async () => {
    const answer = await call('OPTIONS', this.jobId, this.#options).catch(() => null);
    return /\bDELETE\b/.test(answer?.headers.get('allow') ?? '');
  };

  /** Watches no more; the job goes on. */
  close = () => this.#job.close();

  /** Each change; a slow loop gets the newest one. @returns {AsyncGenerator<JobState, void, void>} */
  async *[Symbol.asyncIterator]() {
    let wake = () => {};
    const leave = this.#job.subscribe(() => wake());
    try {
      for (let last; ; ) {
        const state = this.#job.state;
        if (state !== last) yield (last = state);
        else if (this.#job.closed) return;
        else await new Promise((resolve) => (wake = () => resolve(undefined)));
      }
    } finally {
      leave();
    }
  }
}

/**
 * Watches a job until it ends. Jobs of one page share a stream, unless they are watched by URLs of an application's own.
 *
 * @param {Target} target
 * @param {WatchOptions} [options]
 * @returns {JobWatch}
 */
export function watch(target, options = {}) {
  return start(target, options).watch;
}

/**
 * @param {Target} target
 * @param {WatchOptions} options
 */
function start(target, options) {
  const { jobId, base } = jobOf(target, options);
  const channel = jobId && isStandard(options) ? sharedBy(base, options) : new Channel(wayTo(target, base, options), options);
  const { signal } = options;
  const close = () => job.close();
  const job = new Job(jobId, options, () => {
    channel.remove(job);
    signal?.removeEventListener('abort', close);
  });
  if (signal?.aborted) job.close();
  else channel.add(job, options.lastEventId);
  signal?.addEventListener('abort', close);
  return { job, channel, watch: new JobWatch(job, { ...options, base }) };
}

/**
 * Watches many jobs by one stream.
 *
 * @param {Iterable<string>} ids
 * @param {WatchOptions & {url?: string | URL}} [options] `url`: an application's own stream of many jobs
 */
export function watchMany(ids, options = {}) {
  const { url } = options;
  /** @type {Map<string, JobWatch>} */
  const watches = new Map();
  const many = {
    /** @param {string} id */
    get: (id) => watches.get(id),
    /** @param {string} id */
    add(id) {
      const added = watches.get(id) ?? (url ? start(id, { ...options, base: url }) : start(id, options)).watch;
      watches.set(id, added);
      return added;
    },
    /** @param {string} id */
    remove(id) {
      watches.get(id)?.close();
      watches.delete(id);
    },
    close: () => [...watches.keys()].forEach(many.remove),
    [Symbol.iterator]: () => watches.values(),
  };
  for (const id of ids) many.add(id);
  return many;
}

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
 * Sends work and watches it from before its beginning.
 *
 * @param {string | URL} url
 * @param {RequestInit} [init] as for `fetch`; `POST` unless it says otherwise
 * @param {WatchOptions & {jobId?: string, jobIdHeader?: string, target?: (jobId: string) => Target}} [options]
 *   `target`: the stream of a job at an application's own URL
 * @returns {Promise<JobWatch>} fulfilled when the server has taken the work
 * @throws {SubmitError} if it has not
 */
export async function submit(url, init = {}, options = {}) {
  const { jobId = newJobId(), jobIdHeader = 'X-Job-Id', target = (id) => id, fetch: ask = fetch } = options;
  const { job, channel, watch: watched } = start(target(jobId), options);
  const headers = new Headers(await headersOf(options));
  new Headers(init.headers).forEach((value, name) => headers.set(name, value));
  headers.set(jobIdHeader, jobId);
  job.pending = true;
  try {
    watched.response = await ask(url, { method: 'POST', credentials: options.credentials, ...init, headers });
  } catch (error) {
    // The answer is lost, the work perhaps is not.
    if (job.state.state === 'waiting') {
      job.close();
      throw new SubmitError('The work could not be sent', 0, null, undefined, { cause: error });
    }
  }
  job.pending = false;
  const { response } = watched;
  if (response && !response.ok) {
    job.close();
    const problem = await response.clone().json().catch(() => null);
    throw new SubmitError(problem?.detail ?? problem?.title ?? `The server answered ${response.status}`, response.status,
      problem, response);
  }
  if (job.state.state === 'waiting') channel.refresh();
  return watched;
}

/**
 * Asks a job to stop.
 *
 * @param {string} jobId
 * @param {Pick<WatchOptions, 'base' | 'headers' | 'credentials' | 'fetch'>} [options]
 * @returns {Promise<boolean>} whether the server accepted that
 */
export async function cancel(jobId, options = {}) {
  return (await call('DELETE', jobId, options)).ok;
}

/**
 * An id for a job that is watched from before it is submitted. Also where `crypto.randomUUID` is not.
 *
 * @returns {string}
 */
export function newJobId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
}

/**
 * @param {string} method
 * @param {string} jobId
 * @param {WatchOptions} options
 */
async function call(method, jobId, options) {
  const { base = ownBase(), credentials, fetch: ask = fetch } = options;
  return ask(absolute(`${base}/jobs/${jobId}`), { method, credentials, headers: await headersOf(options) });
}

/** @param {WatchOptions} options */
const headersOf = ({ headers }) => (typeof headers === 'function' ? headers() : headers);

/**
 * The streams that the starter serves are shared whether they are named by id or by URL.
 *
 * @param {Target} target
 * @param {WatchOptions} options
 */
function jobOf(target, options) {
  const base = String(options.base ?? ownBase()).replace(/\/$/, '');
  if (typeof target === 'function') return { jobId: '', base };
  const text = String(target);
  if (!text.includes('/')) {
    if (!JOB_ID.test(text)) throw new TypeError(`A job id is 1 to 128 characters of A-Z, a-z, 0-9, _ and -, not '${text}'`);
    return { jobId: text, base };
  }
  const [, root, jobId = ''] = /^(.*)\/jobs\/([\w-]{1,128})\/events$/.exec(absolute(text)) ?? [];
  return { jobId: root === absolute(base) ? jobId : '', base };
}

/** @param {WatchOptions} options */
const isStandard = ({ reader, format = 'standard' }) => !reader && format === 'standard';

/**
 * @param {string} base
 * @param {WatchOptions} options
 */
function sharedBy(base, options) {
  const { headers, credentials, fetch: ask, EventSource, minDelay, maxDelay, statusUrl } = options;
  const key = [absolute(base), headers, credentials, ask, EventSource, minDelay, maxDelay, statusUrl];
  const found = shared.find((each) => each.channel.jobs.size < MAX_JOBS && each.key.every((value, i) => value === key[i]));
  if (found) return found.channel;
  const channel = new Channel({ url: (ids) => streamOf(base, ids), fresh: false }, options);
  shared.push({ channel, key });
  return channel;
}

/**
 * @param {string} base
 * @param {string[]} ids
 */
function streamOf(base, ids) {
  const query = ids.map((id) => `job=${id}`).join('&');
  return absolute(ids.length === 1 ? `${base}/jobs/${ids[0]}/events` : `${base}/events?${query}`);
}

/**
 * @param {Target} target
 * @param {string} base
 * @param {WatchOptions} options
 * @returns {Way}
 */
function wayTo(target, base, { reader, format = 'standard' }) {
  const fresh = typeof target === 'function';
  const url = fresh ? target : () => absolute(String(target).includes('/') ? String(target) : streamOf(base, [String(target)]));
  if (reader) return { url, fresh, reader: async () => reader };
  if (format === 'standard') return { url, fresh };
  return { url, fresh, reader: async () => (await import('./formats.js')).formats[format] };
}

/** @param {string} url */
const absolute = (url) => new URL(url, globalThis.location?.href).href;

/** Where the starter serves this file from, it serves the rest, too. */
function ownBase() {
  const [, folder] = /^(https?:.*)\/client\.js$/.exec(import.meta.url) ?? [];
  return folder && !folder.endsWith('/src') ? folder : '/progress';
}
