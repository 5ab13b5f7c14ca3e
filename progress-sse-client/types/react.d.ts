import type { JobState, SubmitError, SubmitOptions, Target, WatchOptions } from './client.js';
import type { LazyWatch, WatchedJob } from './lazy-watch.js';
/**
 * The state of a job, while the component is mounted. Another job id switches to that job. Handlers are always the newest
 * ones; the other options are those of the moment when the stream is opened.
 *
 * @param {Target | WatchedJob | null | undefined} job a job id; the URL of a stream; a function that gives one for each
 *   connection (which does not switch: give the component a `key`); a watch, whose own handlers count; or nothing yet
 * @param {WatchOptions} [options]
 * @returns {JobState}
 */
export declare function useJobProgress(job: Target | WatchedJob | null | undefined, options?: WatchOptions): JobState;
/**
 * A value that is reached by and by, for bars; never past what was reported.
 *
 * @param {number | undefined} value as a job's `progress`
 * @param {import('./smooth.js').Smoothness} [smoothness] that of the first time counts
 * @returns {number | undefined}
 */
export declare function useSmooth(value: number | undefined, smoothness?: import('./smooth.js').Smoothness): number | undefined;
/**
 * Sends work and follows its job.
 *
 * @param {string | URL} url
 * @param {SubmitOptions} [options]
 * @returns {{submit: (init?: RequestInit) => Promise<void>, job: WatchedJob | null, state: JobState | null, pending: boolean,
 *   error: SubmitError | null}} `pending`: the server has not answered yet; `error`: it did not take the work
 */
export declare function useSubmit(url: string | URL, options?: SubmitOptions): {
    submit: (init?: RequestInit) => Promise<void>;
    job: WatchedJob | null;
    state: JobState | null;
    pending: boolean;
    error: SubmitError | null;
};
export type Submission = {
    job: LazyWatch | null;
    pending: boolean;
    error: SubmitError | null;
};
/**
 * A job's bar with its words: the element `<progress-sse>`, which is loaded in the browser.
 *
 * @param {{job: string | URL | WatchedJob | null | undefined, error?: SubmitError | null, base?: string, format?: string,
 *   label?: string, lang?: string, noCancel?: boolean, className?: string, style?: import('react').CSSProperties,
 *   children?: import('react').ReactNode}} props `job`: its id, the URL of its stream, or a watch; `error`: why the work was
 *   not taken; `children`: elements whose `slot` is a state
 */
export declare function ProgressBar({ job, error, noCancel, className, ...others }: {
    job: string | URL | WatchedJob | null | undefined;
    error?: SubmitError | null;
    base?: string;
    format?: string;
    label?: string;
    lang?: string;
    noCancel?: boolean;
    className?: string;
    style?: import('react').CSSProperties;
    children?: import('react').ReactNode;
}): import("react").DOMElement<{
    base?: string;
    format?: string;
    label?: string;
    lang?: string;
    style?: import('react').CSSProperties;
    children?: import('react').ReactNode;
    ref: import("react").RefObject<any>;
    class: string | undefined;
    'no-cancel': string | undefined;
    suppressHydrationWarning: boolean;
}, any>;
