import type { Job } from './job.js';
import type { Settings } from './connection.js';
import type { Progress } from './state.js';
/** @import { Job, Position } from './job.js' */
/** @import { Settings } from './connection.js' */
/** @import { Progress } from './state.js' */
/** Most jobs on one stream. */
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
    reader?: () => Promise<Reader>;
};
/**
 * @typedef {(data: any, name: string) => Partial<Progress> | null | undefined} Reader
 *
 * @typedef {object} Way Where the stream is, and what it speaks.
 * @property {(ids: string[]) => string | URL | Promise<string | URL>} url
 * @property {boolean} fresh whether the URL may be another one each time
 * @property {boolean} [many] whether it is a stream of many jobs even with one
 * @property {() => Promise<Reader>} [reader] for other formats than the standard one
 */
export declare class Channel {
    #private;
    way: Way;
    settings: Settings;
    /** @type {Map<string, Job>} */
    jobs: Map<string, Job>;
    /**
     * @param {Way} way
     * @param {Settings} settings
     */
    constructor(way: Way, settings: Settings);
    /**
     * @param {Job} job
     * @param {string} [id] of the last event that was seen
     */
    add(job: Job, id?: string): void;
    /** @param {Job} job */
    remove(job: Job): void;
    /** Opens the stream anew; jobs that come together get one stream, not one after the other. */
    refresh(): void;
}
