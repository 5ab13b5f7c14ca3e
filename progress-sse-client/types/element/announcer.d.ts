export type Options = {
    /**
     * ms of silence after each sentence; an end does not wait for it
     */
    pause?: number;
    /**
     * ms that something unusual has to last before it is worth a word
     */
    patience?: number;
    /**
     * ms
     */
    now?: () => number;
};
/**
 * @typedef {object} Options
 * @property {number} [pause] ms of silence after each sentence; an end does not wait for it
 * @property {number} [patience] ms that something unusual has to last before it is worth a word
 * @property {() => number} [now] ms
 */
/**
 * Ends are said at once. In between it says each quarter and each new phase, not more often than once in ten seconds;
 * and that the connection is lost, or that nothing moves, if that lasts. What was there when it began is not news.
 */
export declare class Announcer {
    #private;
    /**
     * @param {(sentence: string) => void} say
     * @param {Options} [options]
     */
    constructor(say: (sentence: string) => void, { pause, patience, now }?: Options);
    /**
     * Hears how things are; may be called as often as one likes.
     *
     * @param {{ended: boolean, fraction: number|undefined, phase: string|undefined, notice: string}} facts
     * @param {string} sentence what is said if it is worth it
     */
    hear({ ended, fraction, phase, notice }: {
        ended: boolean;
        fraction: number | undefined;
        phase: string | undefined;
        notice: string;
    }, sentence: string): void;
}
