import type { JobWatch } from './client.js';
export type WatchedJob = Pick<JobWatch, 'jobId' | 'getSnapshot' | 'subscribe' | 'cancel' | 'cancellable'>;
/** @import { JobState, JobWatch } from './client.js' */
/**
 * The part of a watch that a component needs.
 *
 * @typedef {Pick<JobWatch, 'jobId' | 'getSnapshot' | 'subscribe' | 'cancel' | 'cancellable'>} WatchedJob
 */
/** @implements {WatchedJob} */
export declare class LazyWatch implements WatchedJob {
    #private;
    /** The state that a server renders, and a browser at first. */
    getServerSnapshot: () => Readonly<Omit<import("./state.js").Progress, "note"> & import("./state.js").Own>;
    /**
     * @param {string} jobId `''` where only the stream knows it
     * @param {() => JobWatch} open
     * @param {JobWatch} [watch] one that is open already
     */
    constructor(jobId: string, open: () => JobWatch, watch?: JobWatch);
    get jobId(): string;
    getSnapshot: () => Readonly<Omit<import("./state.js").Progress, "note"> & import("./state.js").Own>;
    /** @param {() => void} listener */
    subscribe: (listener: () => void) => () => void;
    cancel: () => Promise<boolean>;
    cancellable: () => Promise<boolean>;
    /** Until the next subscription. */
    close: () => void;
}
/**
 * Whether this is a watch, and not something that can be watched.
 *
 * @param {unknown} target
 * @returns {target is WatchedJob}
 */
export declare const isWatch: (target: unknown) => target is WatchedJob;
/**
 * A watch that is not open yet.
 *
 * @param {import('./client.js').Target} target
 * @param {() => import('./client.js').WatchOptions} newestOptions
 */
export declare function lazyWatch(target: import('./client.js').Target, newestOptions: () => import('./client.js').WatchOptions): LazyWatch;
/**
 * Sends work, and gives its watch away before it is sent.
 *
 * @param {string | URL} url
 * @param {RequestInit | undefined} init
 * @param {() => import('./client.js').SubmitOptions} newestOptions
 * @param {(job: LazyWatch) => void} use
 */
export declare function lazySubmit(url: string | URL, init: RequestInit | undefined, newestOptions: () => import('./client.js').SubmitOptions, use: (job: LazyWatch) => void): Promise<void>;
/**
 * Options whose handlers are always the newest ones, as a component gives new ones each time it renders.
 *
 * @template {import('./client.js').WatchOptions} O
 * @param {() => O} newest
 * @returns {O}
 */
export declare function withNewestHandlers<O extends import('./client.js').WatchOptions>(newest: () => O): O;
