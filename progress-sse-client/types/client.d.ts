import type { Call } from './requests.js';
export type JobState = import('./state.js').JobState;
export type Progress = import('./state.js').Progress;
export type Problem = import('./state.js').Problem;
export type Note = import('./state.js').Note;
export type Phase = import('./state.js').Phase;
export type JobWatch = import('./watch.js').JobWatch;
export type WatchOptions = import('./watch.js').WatchOptions;
export type Target = import('./watch.js').Target;
export type SubmitError = import('./requests.js').SubmitError;
export type SubmitOptions = import('./requests.js').Submission;
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
export declare const watch: (target: Target, options?: WatchOptions) => JobWatch;
/**
 * Watches many jobs by one stream.
 *
 * @param {Iterable<string>} ids
 * @param {WatchOptions} [options] `url`: an application's own stream of many jobs
 * @returns {Map<string, JobWatch> & {close: () => void}} the watches by their jobs' ids; `close` closes all
 */
export declare function watchMany(ids: Iterable<string>, options?: WatchOptions): Map<string, JobWatch> & {
    close: () => void;
};
/**
 * Sends work and watches it from before its beginning.
 *
 * @param {string | URL} url
 * @param {RequestInit} [init] as for `fetch`; `POST` unless it says otherwise
 * @param {SubmitOptions} [options]
 * @returns {Promise<JobWatch>} fulfilled when the server has taken the work; rejected with a `SubmitError` if it has not
 */
export declare function submit(url: string | URL, init?: RequestInit, options?: SubmitOptions): Promise<JobWatch>;
/**
 * Asks a job to stop.
 *
 * @param {string} jobId
 * @param {Call} [options]
 * @returns {Promise<boolean>} whether the server accepted that
 */
export declare function cancel(jobId: string, options?: Call): Promise<boolean>;
/**
 * An id for a job that is watched from before it is submitted. Also where `crypto.randomUUID` is not.
 *
 * @returns {string}
 */
export declare function newJobId(): string;
