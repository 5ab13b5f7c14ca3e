import { Job } from './job.js';
import type { Handlers } from './job.js';
import type { Settings } from './connection.js';
import type { Reader } from './channel.js';
export type JobState = import('./state.js').JobState;
export type Progress = import('./state.js').Progress;
export type Problem = import('./state.js').Problem;
export type Note = import('./state.js').Note;
export type Phase = import('./state.js').Phase;
export type Choices = {
    /**
     * where the starter's endpoints are; by default the folder this script came from, else
     * `/progress`
     */
    base?: string | URL;
    /**
     * what the stream speaks
     */
    format?: 'standard' | 'phase' | 'percent' | 'stage' | 'status';
    /**
     * reads an application's own format: from an event's data and name, the members of
     * `Progress` that it tells; `null` for none
     */
    reader?: Reader;
    /**
     * go on behind this event
     */
    lastEventId?: string;
    /**
     * closes the watch
     */
    signal?: AbortSignal;
};
export type WatchOptions = Handlers & Settings & Choices;
export type Target = string | URL | (() => string | URL | Promise<string | URL>);
/** A job that is watched. Methods may be passed on without their object. */
export declare class JobWatch {
    #private;
    /** How the work was answered, if `submit` sent it. @type {Response | undefined} */
    response: Response | undefined;
    /**
     * @param {Job} job
     * @param {WatchOptions} options
     */
    constructor(job: Job, options: WatchOptions);
    get jobId(): string;
    /** Fulfilled when nothing more is to come: at the end, or by `close`. @type {Promise<JobState>} */
    get ended(): Promise<JobState>;
    /** The same object until something changes. */
    getSnapshot: () => Readonly<Omit<import("./state.js").Progress, "note"> & import("./state.js").Own>;
    /**
     * @param {() => void} listener called after each change
     * @returns {() => void} ends it
     */
    subscribe: (listener: () => void) => () => void;
    /** Asks the job to stop. @returns {Promise<boolean>} whether the server accepted that */
    cancel: () => Promise<boolean>;
    /** Whether the server lets jobs be cancelled. @returns {Promise<boolean>} */
    cancellable: () => Promise<boolean>;
    /** Watches no more; the job goes on. */
    close: () => void;
    /** Each change; a slow loop gets the newest one. @returns {AsyncGenerator<JobState, void, void>} */
    [Symbol.asyncIterator](): AsyncGenerator<JobState, void, void>;
}
/**
 * Watches a job until it ends. Jobs of one page share a stream, unless they are watched by URLs of an application's own.
 *
 * @param {Target} target
 * @param {WatchOptions} [options]
 * @returns {JobWatch}
 */
export declare function watch(target: Target, options?: WatchOptions): JobWatch;
/**
 * Watches many jobs by one stream.
 *
 * @param {Iterable<string>} ids
 * @param {WatchOptions & {url?: string | URL}} [options] `url`: an application's own stream of many jobs
 */
export declare function watchMany(ids: Iterable<string>, options?: WatchOptions & {
    url?: string | URL;
}): {
    /** @param {string} id */
    get: (id: string) => JobWatch | undefined;
    /** @param {string} id */
    add(id: string): JobWatch;
    /** @param {string} id */
    remove(id: string): void;
    close: () => void;
    [Symbol.iterator]: () => MapIterator<JobWatch>;
};
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
 * Sends work and watches it from before its beginning.
 *
 * @param {string | URL} url
 * @param {RequestInit} [init] as for `fetch`; `POST` unless it says otherwise
 * @param {WatchOptions & {jobId?: string, jobIdHeader?: string, target?: (jobId: string) => Target}} [options]
 *   `target`: the stream of a job at an application's own URL
 * @returns {Promise<JobWatch>} fulfilled when the server has taken the work
 * @throws {SubmitError} if it has not
 */
export declare function submit(url: string | URL, init?: RequestInit, options?: WatchOptions & {
    jobId?: string;
    jobIdHeader?: string;
    target?: (jobId: string) => Target;
}): Promise<JobWatch>;
/**
 * Asks a job to stop.
 *
 * @param {string} jobId
 * @param {Pick<WatchOptions, 'base' | 'headers' | 'credentials' | 'fetch'>} [options]
 * @returns {Promise<boolean>} whether the server accepted that
 */
export declare function cancel(jobId: string, options?: Pick<WatchOptions, 'base' | 'headers' | 'credentials' | 'fetch'>): Promise<boolean>;
/**
 * An id for a job that is watched from before it is submitted. Also where `crypto.randomUUID` is not.
 *
 * @returns {string}
 */
export declare function newJobId(): string;
