// Watches the progress of jobs. No dependencies; works in browsers and in Node.

import { start } from './watch.js';

/** @import { Call } from './requests.js' */
/** @typedef {import('./state.js').JobState} JobState */
/** @typedef {import('./state.js').Progress} Progress */
/** @typedef {import('./state.js').Problem} Problem */
/** @typedef {import('./state.js').Note} Note */
/** @typedef {import('./state.js').Phase} Phase */
/** @typedef {import('./watch.js').JobWatch} JobWatch */
/** @typedef {import('./watch.js').WatchOptions} WatchOptions */
/** @typedef {import('./watch.js').Target} Target */
/** @typedef {import('./requests.js').SubmitError} SubmitError */
/** @typedef {import('./requests.js').Submission} SubmitOptions */

/**
 * Watches a job until it ends. Jobs of one page share a stream, unless they are watched by URLs of an application's own.
 *
 * @param {Target} target
 * @param {WatchOptions} [options]
 * @returns {JobWatch}
 */
export const watch = (target, options = {}) => start(target, options).watch;

/**
 * Watches many jobs by one stream.
 *
 * @param {Iterable<string>} ids
 * @param {WatchOptions & {url?: string | URL}} [options] `url`: an application's own stream of many jobs
 */
export function watchMany(ids, options = {}) {
  /** @type {Map<string, JobWatch>} */
  const watches = new Map();
  /** @param {string} id */
  const add = (id) => {
    const added = watches.get(id) ?? watch(id, options);
    watches.set(id, added);
    return added;
  };
  /** @param {string} id */
  const remove = (id) => {
    watches.get(id)?.close();
    watches.delete(id);
  };
  for (const id of ids) add(id);
  return {
    add,
    remove,
    /** @param {string} id */
    get: (id) => watches.get(id),
    close: () => [...watches.keys()].forEach(remove),
    [Symbol.iterator]: () => watches.values(),
  };
}

/**
 * Sends work and watches it from before its beginning.
 *
 * @param {string | URL} url
 * @param {RequestInit} [init] as for `fetch`; `POST` unless it says otherwise
 * @param {SubmitOptions} [options]
 * @returns {Promise<JobWatch>} fulfilled when the server has taken the work; rejected with a `SubmitError` if it has not
 */
export async function submit(url, init = {}, options = {}) {
  return (await import('./requests.js')).submit(url, init, { jobId: newJobId(), ...options });
}

/**
 * Asks a job to stop.
 *
 * @param {string} jobId
 * @param {Call} [options]
 * @returns {Promise<boolean>} whether the server accepted that
 */
export async function cancel(jobId, options = {}) {
  return (await import('./requests.js')).cancel(jobId, options);
}

/**
 * An id for a job that is watched from before it is submitted. Also where `crypto.randomUUID` is not.
 *
 * @returns {string}
 */
export function newJobId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => (256 + byte).toString(16).slice(1)).join('');
}
