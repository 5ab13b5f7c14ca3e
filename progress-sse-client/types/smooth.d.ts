export type Smoothness = {
    /**
     * longest movement in milliseconds; 1000
     */
    longest?: number;
    /**
     * milliseconds
     */
    now?: () => number;
    /**
     * calls a step when the page is drawn next
     */
    frame?: (step: () => void) => unknown;
    /**
     * whether nothing is to move; by default what the user has told the system
     */
    still?: () => boolean;
};
/**
 * Shows reported values by and by: each takes as long as it took to come. The first one, one that is smaller, and none are
 * shown at once.
 *
 * @param {(value: number | undefined) => void} show draws a value
 * @param {Smoothness} [smoothness]
 * @returns {(value: number | undefined) => void} is told each value that was reported
 */
export declare function smooth(show: (value: number | undefined) => void, { longest, now, frame, still }?: Smoothness): (value: number | undefined) => void;
