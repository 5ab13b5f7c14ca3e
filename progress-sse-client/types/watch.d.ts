import type { JobState } from './state.js';
import type { Job, Handlers, Watcher } from './job.js';
import type { Settings } from './connection.js';
import type { Reader } from './channel.js';
export type Choices = {
    /**
     * where the starter's endpoints are; by default the folder this script came from, else
     * `/progress`
     */
    base?: string | URL;
    /**
     * an application's own stream of many jobs, for ids
     */
    url?: string | URL;
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
export declare const requests: () => Promise<typeof import("./requests.js")>;
/** A job that is watched. Its functions may be passed on without it. */
export declare class JobWatch {
    #private;
    /**
     * How the work was answered, if `submit` sent it.
     * @type {Response | undefined}
     */
    response: Response | undefined;
    /**
     * Fulfilled when nothing more is to come: at the end, or by `close`.
     * @type {Promise<JobState>}
     */
    ended: Promise<JobState>;
    /**
     * @param {(watcher: Watcher) => Job} attach
     * @param {(watcher: Watcher) => void} release
     * @param {WatchOptions} options
     */
    constructor(attach: (watcher: Watcher) => Job, release: (watcher: Watcher) => void, options: WatchOptions);
    get jobId(): string;
    /** The same object until something changes. */
    getSnapshot: () => Readonly<Omit<import("./state.js").Progress, "note"> & import("./state.js").Own>;
    /**
     * Calls a listener after each change.
     *
     * @param {() => void} listener
     * @returns {() => void} ends it
     */
    subscribe: (listener: () => void) => () => void;
    /** Watches no more; the job goes on. */
    close: () => void;
    /**
     * Asks the job to stop.
     * @returns {Promise<boolean>} whether the server accepted that
     */
    cancel: () => Promise<boolean>;
    /**
     * Asks the server whether it lets jobs be cancelled.
     * @returns {Promise<boolean>}
     */
    cancellable: () => Promise<boolean>;
    /**
     * Returns each change; a slow loop gets the newest one.
     * @returns {AsyncGenerator<JobState, void, void>}
     */
    [Symbol.asyncIterator](): AsyncGenerator<JobState, void, void>;
}
/**
 * @param {Target} target
 * @param {WatchOptions} options
 */
export declare function start(target: Target, options: WatchOptions): {
    watch: JobWatch;
    job: Job | undefined;
    refresh: () => void;
};
/** @param {string | URL} url */
export declare const absolute: (url: string | URL) => string;
/** Where the starter serves this file from, it serves the rest, too. */
export declare function ownBase(): string;
