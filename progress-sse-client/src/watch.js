// The watch that a page holds for a job, and its stream.

import { Channel, MAX_JOBS } from './channel.js';

/** @import { JobState } from './state.js' */
/** @import { Job, Handlers, Watcher } from './job.js' */
/** @import { Settings } from './connection.js' */
/** @import { Reader } from './channel.js' */

/**
 * @typedef {object} Choices
 * @property {string | URL} [base] where the starter's endpoints are; by default the folder this script came from, else
 *   `/progress`
 * @property {string | URL} [url] an application's own stream of many jobs, for ids
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

export const requests = () => import('./requests.js');

/** A job that is watched. Its functions may be passed on without it. */
export class JobWatch {
  /** @type {Set<() => void>} */
  #listeners = new Set();
  /** @type {JobState | null} where it stood when this watch was over */
  #last = null;
  #job;
  #options;
  #release;
  /** @type {(state: JobState) => void} */
  #settle = () => {};
  /**
   * How the work was answered, if `submit` sent it.
   * @type {Response | undefined}
   */
  response;
  /**
   * Fulfilled when nothing more is to come: at the end, or by `close`.
   * @type {Promise<JobState>}
   */
  ended = new Promise((resolve) => (this.#settle = resolve));

  /**
   * @param {(watcher: Watcher) => Job} attach
   * @param {(watcher: Watcher) => void} release
   * @param {WatchOptions} options
   */
  constructor(attach, release, options) {
    /** @type {Watcher} */
    const watcher = (name, ...values) => {
      const { [name]: handler, onError } = options;
      const run = (/** @type {() => unknown} */ action) => {
        try {
          action();
        } catch (error) {
          // It must not end the watch, and must not be lost.
          if (onError) onError(error);
          else setTimeout(() => { throw error; });
        }
      };
      run(() => /** @type {any} */ (handler)?.(...values));
      if (name === 'onChange') this.#listeners.forEach(run);
      if (name === 'onEnd' || name === 'onUnknown') this.close();
    };
    this.#options = options;
    this.#job = attach(watcher);
    this.#release = () => release(watcher);
    const { state, data } = this.#job;
    if (data) queueMicrotask(() => this.#last ?? watcher('onProgress', state, data));
  }

  get jobId() {
    return this.getSnapshot().jobId;
  }

  /** The same object until something changes. */
  getSnapshot = () => this.#last ?? this.#job.state;

  /**
   * Calls a listener after each change.
   *
   * @param {() => void} listener
   * @returns {() => void} ends it
   */
  subscribe = (listener) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  /** Watches no more; the job goes on. */
  close = () => {
    if (this.#last) return;
    const { state } = this.#job;
    this.#last = state.ended ? state : Object.freeze({ ...state, connection: 'closed' });
    this.#release();
    this.#settle(this.#last);
    if (!state.ended) this.#listeners.forEach((listener) => listener());
  };

  /**
   * Asks the job to stop.
   * @returns {Promise<boolean>} whether the server accepted that
   */
  cancel = async () => (await requests()).cancel(this.jobId, this.#options);

  /**
   * Asks the server whether it lets jobs be cancelled.
   * @returns {Promise<boolean>}
   */
  cancellable = async () => (await requests()).cancellable(this.jobId, this.#options);

  /**
   * Returns each change; a slow loop gets the newest one.
   * @returns {AsyncGenerator<JobState, void, void>}
   */
  async *[Symbol.asyncIterator]() {
    for (let last; ; ) {
      const state = this.getSnapshot();
      if (state !== last) yield (last = state);
      else if (this.#last) return;
      else await new Promise((resolve) => {
        const leave = this.subscribe(() => resolve(leave()));
      });
    }
  }
}

/** @type {Channel[]} */
const channels = [];

/**
 * @param {Target} target
 * @param {WatchOptions} options
 */
export function start(target, options) {
  const { base = ownBase(), url, signal, lastEventId } = options;
  const root = absolute(base).replace(/\/$/, '');
  const jobId = jobOf(target, root);
  const channel = channelOf(target, jobId, url ? absolute(url) : root, options);
  const watch = new JobWatch(
    (watcher) => channel.add(jobId, watcher, lastEventId),
    (watcher) => {
      channel.remove(jobId, watcher);
      signal?.removeEventListener('abort', watch.close);
    },
    { ...options, base: root },
  );
  signal?.addEventListener('abort', watch.close);
  if (signal?.aborted) watch.close();
  return { watch, job: channel.jobs.get(jobId), refresh: () => channel.refresh() };
}

/**
 * The streams that the starter serves are shared whether they are named by id or by URL.
 *
 * @param {Target} target
 * @param {string} root
 * @returns {string} `''` for a stream of the application's own
 */
function jobOf(target, root) {
  const text = typeof target === 'function' ? '/' : String(target);
  if (!text.includes('/')) return text;
  if (/job=.*&job=/.test(text)) throw new TypeError(`Use watchMany for ${text}`);
  const [, base, jobId] = /^(.*)\/jobs\/([\w-]+)\/events$/.exec(absolute(text)) ?? [];
  return jobId && base === root ? jobId : '';
}

/**
 * @param {Target} target
 * @param {string} jobId
 * @param {string} root
 * @param {WatchOptions} options
 */
function channelOf(target, jobId, root, options) {
  const { reader, format, url, headers, credentials, tabs } = options;
  const fresh = typeof target === 'function';
  const way = {
    fresh,
    many: !!url,
    url: fresh ? target : (/** @type {string[]} */ ids) => (jobId ? streamOf(root, ids, url) : absolute(String(target))),
    reader: reader ? () => reader : format && (async () => (await import('./formats.js')).formats[format]),
  };
  // An id that is none would have the server refuse the others, too.
  if (!/^[\w-]{1,128}$/.test(jobId) || way.reader) return new Channel(way, options);
  const key = [root, headers, credentials, tabs];
  const alike = channels.find((each) => each.jobs.size < MAX_JOBS && key.every((value, i) => value === each.key?.[i]));
  return alike ?? channels[channels.push(new Channel(way, options, key)) - 1];
}

/**
 * @param {string} root
 * @param {string[]} ids
 * @param {unknown} many
 */
function streamOf(root, ids, many) {
  if (ids.length < 2 && !many) return `${root}/jobs/${encodeURIComponent(ids[0])}/events`;
  return `${root}${many ? '' : '/events'}?${new URLSearchParams(ids.map((id) => ['job', id]))}`;
}

/** @param {string | URL} url */
export const absolute = (url) => new URL(url, globalThis.location?.href ?? 'http://localhost').href;

/** Where the starter serves this file from, it serves the rest, too. */
export function ownBase() {
  const [, folder] = /^(https?:.*)\/watch\.js$/.exec(import.meta.url) ?? [];
  return folder && !folder.endsWith('/src') ? folder : '/progress';
}
