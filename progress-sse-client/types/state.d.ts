export type State = 'waiting' | 'queued' | 'running' | 'lost' | 'done' | 'failed' | 'cancelled' | 'unknown';
export type Progress = {
    jobId: string;
    /**
     * the kind of job
     */
    job?: string;
    /**
     * id of the job that this one is a part of
     */
    parent?: string;
    /**
     * 1 for the first
     */
    attempt?: number;
    state: State;
    phase?: string;
    message?: string;
    /**
     * 0 to 1
     */
    progress?: number;
    completed?: number;
    total?: number;
    unit?: string;
    ratePerSecond?: number;
    /**
     * milliseconds that are left
     */
    etaMs?: number;
    /**
     * the worker is alive, but nothing moves
     */
    stalled?: true;
    note?: Note;
    /**
     * what the application attached
     */
    data?: Record<string, unknown>;
    result?: any;
    error?: {
        code?: string;
        message: string;
    };
    durationMs?: number;
    /**
     * ISO 8601
     */
    occurredAt?: string;
};
export type Note = {
    level: 'info' | 'warning' | 'error';
    text: string;
};
export type Phase = {
    name: string;
    startedAt: string | undefined;
};
export type Connection = 'connecting' | 'open' | 'reconnecting' | 'polling' | 'closed';
export type Problem = {
    reason: 'unauthorized' | 'forbidden' | 'not-found' | 'network' | 'refused' | 'server';
    /**
     * the HTTP status; 0 for no answer
     */
    status: number;
    /**
     * the server's own words
     */
    title?: string;
};
export type Own = {
    ended: boolean;
    /**
     * in order
     */
    phases: readonly Phase[];
    /**
     * the newest 100
     */
    notes: readonly Note[];
    connection: Connection;
    problem: Problem | null;
};
export type JobState = Readonly<Omit<Progress, 'note'> & Own>;
/** The final states, and the handler of each. @type {{[state: string]: 'onDone' | 'onFailed' | 'onCancelled' | undefined}} */
export declare const ENDS: {
    [state: string]: 'onDone' | 'onFailed' | 'onCancelled' | undefined;
};
/**
 * @param {string} jobId
 * @returns {JobState}
 */
export declare const initial: (jobId: string) => JobState;
/**
 * The state after an event.
 *
 * @param {JobState} state
 * @param {Partial<Progress>} event
 * @param {boolean} past newer numbers are known
 * @param {boolean} again it is news about the event before
 * @returns {JobState}
 */
export declare function after(state: JobState, event: Partial<Progress>, past: boolean, again: boolean): JobState;
