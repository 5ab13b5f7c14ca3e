import { Job } from './job.js';
import type { Settings } from './connection.js';
import type { Connection, JobState, Problem, Progress } from './state.js';
export type Jobs = ReadonlyMap<string, JobState>;
export type ListHandlers = {
    /**
     * a job that was not known before
     */
    onAppear?: (state: JobState) => void;
    /**
     * each event of each job, the last one too
     */
    onProgress?: (state: JobState, event: any) => void;
    /**
     * a job is done, failed or cancelled
     */
    onEnd?: (state: JobState) => void;
    /**
     * any change of any job, or of the connection
     */
    onChange?: (jobs: Jobs) => void;
    /**
     * some events of a job were missed for good; `undefined`: of all
     */
    onReset?: (jobId: string | undefined) => void;
    /**
     * there is no such list, or not for this caller; nothing comes after it
     */
    onGone?: (problem: Problem) => void;
    /**
     * a handler threw; by default as uncaught errors are reported
     */
    onError?: (error: unknown) => void;
};
export type ListChoices = {
    /**
     * where the starter's endpoints are, as for `watch`
     */
    base?: string | URL;
    /**
     * the jobs of another owner, or `*` for all, where the server permits it
     */
    owner?: string;
    /**
     * go on behind this event
     */
    lastEventId?: string;
    /**
     * how many ended jobs stay in the map, the newest; 100
     */
    keep?: number;
    /**
     * closes the watch
     */
    signal?: AbortSignal;
};
export type ListOptions = ListHandlers & ListChoices & Omit<Settings, 'tabs' | 'await'>;
/** @import { Settings } from './connection.js' */
/** @import { Connection, JobState, Problem, Progress } from './state.js' */
/** @typedef {ReadonlyMap<string, JobState>} Jobs where each job stands, by its id, in the order in which they came */
/**
 * @typedef {object} ListHandlers
 * @property {(state: JobState) => void} [onAppear] a job that was not known before
 * @property {(state: JobState, event: any) => void} [onProgress] each event of each job, the last one too
 * @property {(state: JobState) => void} [onEnd] a job is done, failed or cancelled
 * @property {(jobs: Jobs) => void} [onChange] any change of any job, or of the connection
 * @property {(jobId: string | undefined) => void} [onReset] some events of a job were missed for good; `undefined`: of all
 * @property {(problem: Problem) => void} [onGone] there is no such list, or not for this caller; nothing comes after it
 * @property {(error: unknown) => void} [onError] a handler threw; by default as uncaught errors are reported
 *
 * @typedef {object} ListChoices
 * @property {string | URL} [base] where the starter's endpoints are, as for `watch`
 * @property {string} [owner] the jobs of another owner, or `*` for all, where the server permits it
 * @property {string} [lastEventId] go on behind this event
 * @property {number} [keep] how many ended jobs stay in the map, the newest; 100
 * @property {AbortSignal} [signal] closes the watch
 *
 * @typedef {ListHandlers & ListChoices & Omit<Settings, 'tabs' | 'await'>} ListOptions
 */
/** All jobs of an owner. Its functions may be passed on without it. */
export declare class ListWatch {
    #private;
    /** What the connection is told of: one stream, whose URL stays the same. */
    way: {
        fresh: boolean;
    };
    /** @type {Map<string, Job>} */
    jobs: Map<string, Job>;
    /** @type {Connection} */
    connection: Connection;
    /** @type {Problem | null} why there is no stream */
    problem: Problem | null;
    /** Whether more jobs run than the stream follows. */
    more: boolean;
    /** @param {ListOptions} options */
    constructor(options: ListOptions);
    /** The same map until something changes. @returns {Jobs} */
    getSnapshot: () => Jobs;
    /**
     * Calls a listener after changes: once for all that come together.
     *
     * @param {() => void} listener
     * @returns {() => void} ends it
     */
    subscribe: (listener: () => void) => () => void;
    /** Watches no more; the jobs go on. */
    close: () => void;
    /**
     * Returns the map after each change; a slow loop gets the newest one.
     * @returns {AsyncGenerator<Jobs, void, void>}
     */
    [Symbol.asyncIterator](): AsyncGenerator<Jobs, void, void>;
    url: () => string;
    cursor: () => string;
    /** @param {any} data */
    keyOf: (data: any) => any;
    /**
     * @param {Job | undefined} _
     * @param {any} data
     * @returns {Partial<Progress>}
     */
    read: (_: Job | undefined, data: any) => Partial<Progress>;
    /**
     * @param {string} name
     * @param {any} data
     * @param {string} id
     */
    event(name: string, data: any, id: string): void;
    /**
     * A list that was asked for while there is no stream. It also has jobs that ended long ago.
     *
     * @param {{jobs: any[]}} list
     * @param {boolean} goesOn whether a stream will tell all of it
     */
    listed({ jobs }: {
        jobs: any[];
    }, goesOn: boolean): void;
    /**
     * @param {Connection} connection
     * @param {Problem | null} [problem]
     */
    connected(connection: Connection, problem?: Problem | null): void;
    /** @param {Problem} problem */
    gone(problem: Problem): void;
}
/**
 * Watches all jobs of the caller.
 *
 * @param {ListOptions} [options]
 * @returns {ListWatch}
 */
export declare const watchMine: (options?: ListOptions) => ListWatch;
