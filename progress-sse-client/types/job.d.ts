import type { Connection, JobState, Problem, Progress } from './state.js';
export type Position = readonly [number, number];
export type Handlers = {
    /**
     * each event, in order, the last one too; a watch of a job
     * that this page watches already begins with its newest one
     */
    onProgress?: (state: JobState, event: any) => void;
    /**
     * any change: events, the connection, the time that is left
     */
    onChange?: (state: JobState) => void;
    onDone?: (state: JobState) => void;
    onFailed?: (state: JobState) => void;
    onCancelled?: (state: JobState) => void;
    /**
     * after one of these; nothing comes after it
     */
    onEnd?: (state: JobState) => void;
    /**
     * there is no such job, or not for this caller: `state.problem`;
     * nothing comes after it
     */
    onUnknown?: (state: JobState) => void;
    /**
     * its worker is silent, and may come back
     */
    onLost?: (state: JobState) => void;
    /**
     * the stream is open
     */
    onConnected?: () => void;
    /**
     * the stream is lost, and sought again
     */
    onDisconnected?: () => void;
    /**
     * some events were missed for good
     */
    onReset?: () => void;
    /**
     * a handler threw; by default as uncaught errors are reported
     */
    onError?: (error: unknown) => void;
};
export type Watcher = (name: keyof Handlers, ...values: any[]) => void;
/** @import { Connection, JobState, Problem, Progress } from './state.js' */
/** @typedef {readonly [number, number]} Position a place in a job's log */
/**
 * @typedef {object} Handlers
 * @property {(state: JobState, event: any) => void} [onProgress] each event, in order, the last one too; a watch of a job
 *   that this page watches already begins with its newest one
 * @property {(state: JobState) => void} [onChange] any change: events, the connection, the time that is left
 * @property {(state: JobState) => void} [onDone]
 * @property {(state: JobState) => void} [onFailed]
 * @property {(state: JobState) => void} [onCancelled]
 * @property {(state: JobState) => void} [onEnd] after one of these; nothing comes after it
 * @property {(state: JobState) => void} [onUnknown] there is no such job, or not for this caller: `state.problem`;
 *   nothing comes after it
 * @property {(state: JobState) => void} [onLost] its worker is silent, and may come back
 * @property {() => void} [onConnected] the stream is open
 * @property {() => void} [onDisconnected] the stream is lost, and sought again
 * @property {() => void} [onReset] some events were missed for good
 * @property {(error: unknown) => void} [onError] a handler threw; by default as uncaught errors are reported
 *
 * @typedef {(name: keyof Handlers, ...values: any[]) => void} Watcher
 */
export declare class Job {
    #private;
    state: Readonly<Omit<Progress, "note"> & import("./state.js").Own>;
    /** @type {Set<Watcher>} */
    watchers: Set<Watcher>;
    /** The newest event. @type {any} */
    data: any;
    /** The id of its last event on the stream. */
    cursor: string;
    /** @type {Position | null} where that is */
    seen: Position | null;
    /** @param {string} jobId `''` where only the stream knows it */
    constructor(jobId: string);
    /**
     * An event of the stream.
     *
     * @param {Partial<Progress>} progress
     * @param {any} data
     * @param {Position | null} position
     */
    event(progress: Partial<Progress>, data: any, position: Position | null): void;
    /**
     * Where the job stands, as it was asked for.
     *
     * @param {Partial<Progress>} progress
     * @param {any} data
     * @param {Position | null} position
     */
    status(progress: Partial<Progress>, data: any, position: Position | null): void;
    /**
     * @param {Connection} connection
     * @param {Problem | null} problem
     */
    connection(connection: Connection, problem: Problem | null): void;
    /** @param {Problem} problem */
    unknown: (problem: Problem) => void;
    /** @type {Watcher} */
    tell(name: keyof Handlers, ...values: any[]): void;
}
