// Watches the progress of jobs. No dependencies; works in browsers and in Node.

import { requests, start } from './watch.js';

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
 * @param {WatchOptions} [options] `url`: an application's own stream of many jobs
 * @returns {Map<string, JobWatch> & {close: () => void}} the watches by their jobs' ids; `close` closes all
 */
export function watchMany(ids, options) {
  const watches = new Map(Array.from(ids, (id) => [id, watch(id, options)]));
  return Object.assign(watches, { close: () => watches.forEach((each) => each.close()) });
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
  return (await requests()).submit(url, init, { jobId: newJobId(), ...options });
}

/**
 * Asks a job to stop.
 *
 * @param {string} jobId
 * @param {Call} [options]
 * @returns {Promise<boolean>} whether the server accepted that
 */
export async function cancel(jobId, options = {}) {
  return (await requests()).cancel(jobId, options);
}

/**
 * An id for a job that is watched from before it is submitted. Also where `crypto.randomUUID` is not.
 *
 * @returns {string}
 */
export function newJobId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => (256 + byte).toString(16).slice(1)).join('');
}
