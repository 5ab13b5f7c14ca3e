import { Job } from './job.js';
import type { Position, Watcher } from './job.js';
import type { Settings } from './connection.js';
import type { Connection, Problem, Progress } from './state.js';
/** @import { Position, Watcher } from './job.js' */
/** @import { Settings } from './connection.js' */
/** @import { Connection, Problem, Progress } from './state.js' */
/** The largest number of jobs on one stream. */
export declare const MAX_JOBS = 32;
export type Reader = (data: any, name: string) => Partial<Progress> | null | undefined;
export type Way = {
    url: (ids: string[]) => string | URL | Promise<string | URL>;
    /**
     * whether the URL may be another one each time
     */
    fresh: boolean;
    /**
     * whether it is a stream of many jobs even with one
     */
    many?: boolean;
    /**
     * for other formats than the standard one
     */
    reader?: () => Reader | Promise<Reader>;
};
/**
 * @typedef {(data: any, name: string) => Partial<Progress> | null | undefined} Reader
 *
 * @typedef {object} Way Where the stream is, and what it speaks.
 * @property {(ids: string[]) => string | URL | Promise<string | URL>} url
 * @property {boolean} fresh whether the URL may be another one each time
 * @property {boolean} [many] whether it is a stream of many jobs even with one
 * @property {() => Reader | Promise<Reader>} [reader] for other formats than the standard one
 */
export declare class Channel {
    #private;
    key: unknown[] | undefined;
    way: Way;
    settings: Settings;
    /** @type {Map<string, Job>} */
    jobs: Map<string, Job>;
    /**
     * @param {Way} way
     * @param {Settings} settings
     * @param {unknown[]} [key] what it has in common with jobs that it may be shared with
     */
    constructor(way: Way, settings: Settings, key?: unknown[]);
    /**
     * @param {string} key the job's id; `''` where only the stream knows it
     * @param {Watcher} watcher
     * @param {string} [cursor] of the last event that was seen
     */
    add(key: string, watcher: Watcher, cursor?: string): Job;
    /**
     * @param {string} key
     * @param {Watcher} watcher
     */
    remove(key: string, watcher: Watcher): void;
    /** Opens the stream again. Jobs that are added together get one new stream, not one each. */
    refresh(): void;
    url(): string | Promise<string | URL> | URL;
    cursor(): string;
    /**
     * Which job it is about.
     *
     * @param {any} data
     * @returns {string}
     */
    keyOf(data: any): string;
    /**
     * @param {string} name
     * @param {any} data
     * @param {string} id
     */
    event(name: string, data: any, id: string): void;
    /**
     * @param {Connection} connection
     * @param {Problem | null} [problem]
     */
    connected(connection: Connection, problem?: Problem | null): void;
    /** @param {Problem} problem */
    gone(problem: Problem): void;
    /**
     * Values that another format does not have stay unchanged.
     *
     * @param {Job | undefined} job
     * @param {any} data
     * @param {string} name
     * @returns {Partial<Progress> | null | undefined}
     */
    read(job: Job | undefined, data: any, name: string): Partial<Progress> | null | undefined;
}
/**
 * @param {string} text ends with a place such as `1748649600456-2`
 * @returns {Position | null}
 */
export declare function positionIn(text: string): Position | null;
