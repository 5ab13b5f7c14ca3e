import type { JobWatch, Target, WatchOptions } from './watch.js';
export type Call = Pick<WatchOptions, 'base' | 'headers' | 'credentials'>;
export type Sent = {
    /**
     * by default a new one
     */
    jobId?: string;
    /**
     * `X-Job-Id`
     */
    jobIdHeader?: string;
    /**
     * sends the work, as the platform's own cannot tell how far an upload is
     */
    fetch?: typeof globalThis.fetch;
    /**
     * is given the watch before the work is sent
     */
    onWatch?: (watch: JobWatch) => void;
    /**
     * the stream of a job at an application's own URL
     */
    target?: (jobId: string) => Target;
};
export type Submission = WatchOptions & Sent;
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
export declare class SubmitError extends Error {
    status: number;
    problem: any;
    response: Response | undefined;
    name: string;
    /**
     * @param {string} message
     * @param {number} status the HTTP status; 0 if there was no answer
     * @param {any} problem the answer's problem+json; `null` if it has none
     * @param {Response} [response]
     * @param {ErrorOptions} [options]
     */
    constructor(message: string, status: number, problem: any, response?: Response, options?: ErrorOptions);
}
/**
 * @param {string | URL} url
 * @param {RequestInit} init
 * @param {Submission} options
 * @returns {Promise<JobWatch>}
 */
export declare function submit(url: string | URL, init: RequestInit, options: Submission): Promise<JobWatch>;
/**
 * @param {string} jobId
 * @param {Call} options
 */
export declare const cancel: (jobId: string, options: Call) => Promise<boolean>;
/**
 * @param {string} jobId
 * @param {Call} options
 */
export declare function cancellable(jobId: string, options: Call): Promise<boolean>;
