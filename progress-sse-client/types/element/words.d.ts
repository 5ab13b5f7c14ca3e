export type JobState = import('../client.js').JobState;
export type Texts = {
    /**
     * name of a job that has none
     */
    job: string;
    connecting: string;
    waiting: string;
    queued: string;
    /**
     * of a job that says nothing itself
     */
    running: string;
    stalled: string;
    reconnecting: string;
    cancelling: string;
    done: string;
    /**
     * with `{time}`
     */
    doneIn: string;
    failed: string;
    cancelled: string;
    lost: string;
    unknown: string;
    unauthorized: string;
    forbidden: string;
    unreachable: string;
    refused: string;
    /**
     * with `{done}` and `{total}`
     */
    count: string;
    /**
     * with `{count}`
     */
    rate: string;
    /**
     * with `{time}`
     */
    left: string;
    cancel: string;
    /**
     * with `{job}`: the cancel button's name for those who do not see what it stands beside
     */
    cancelJob: string;
};
export type Look = 'connecting' | 'waiting' | 'queued' | 'indeterminate' | 'running' | 'stalled' | 'reconnecting' | 'lost' | 'done' | 'failed' | 'cancelled' | 'unknown';
export type Words = {
    look: Look;
    label: string;
    text: string;
    /**
     * what is unusual, for as long as it is; else empty
     */
    notice: string;
    percent: string;
    count: string;
    rate: string;
    left: string;
    /**
     * the bar's value for those who do not see it
     */
    value: string;
    /**
     * what is announced
     */
    sentence: string;
};
/**
 * @param {JobState} state
 * @returns {Look}
 */
export declare function lookOf(state: JobState): Look;
/**
 * @param {JobState} state
 * @param {object} options
 * @param {Texts} options.texts
 * @param {string} options.lang for numbers and times
 * @param {?string} [options.label] wins over the job's own name
 * @param {boolean} [options.cancelling]
 * @returns {Words}
 */
export declare function describe(state: JobState, { texts, lang, label, cancelling }: {
    texts: Texts;
    lang: string;
    label?: string | null;
    cancelling?: boolean;
}): Words;
/**
 * @param {string} text
 * @param {Record<string, string>} values
 */
export declare function fill(text: string, values: Record<string, string>): string;
