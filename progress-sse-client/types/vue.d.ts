import type { ComputedRef, MaybeRefOrGetter, Ref, ShallowRef } from 'vue';
import type { JobState, SubmitError, SubmitOptions, WatchOptions } from './client.js';
import type { WatchedJob } from './lazy-watch.js';
/**
 * The state of a job, while the component is mounted or the scope lives. Another job id switches to that job.
 *
 * @param {MaybeRefOrGetter<string | URL | WatchedJob | null | undefined>} job a job id, the URL of a stream, a watch, or
 *   nothing yet; or a ref or getter of one
 * @param {MaybeRefOrGetter<WatchOptions>} [options] handlers are always the newest ones; the others are those of the moment
 *   when the stream is opened
 * @returns {Readonly<ShallowRef<JobState>>}
 */
export declare function useJobProgress(job: MaybeRefOrGetter<string | URL | WatchedJob | null | undefined>, options?: MaybeRefOrGetter<WatchOptions>): Readonly<ShallowRef<JobState>>;
/**
 * A value that is reached by and by, for bars; never past what was reported.
 *
 * @param {MaybeRefOrGetter<number | undefined>} value as a job's `progress`
 * @param {import('./smooth.js').Smoothness} [smoothness]
 * @returns {Readonly<ShallowRef<number | undefined>>}
 */
export declare function useSmooth(value: MaybeRefOrGetter<number | undefined>, smoothness?: import('./smooth.js').Smoothness): Readonly<ShallowRef<number | undefined>>;
/**
 * Sends work and follows its job.
 *
 * @param {MaybeRefOrGetter<string | URL>} url
 * @param {MaybeRefOrGetter<SubmitOptions>} [options]
 * @returns {{submit: (init?: RequestInit) => Promise<void>, job: Ref<WatchedJob | null>, state: ComputedRef<JobState | null>,
 *   pending: Ref<boolean>, error: Ref<SubmitError | null>}} `pending`: the server has not answered yet; `error`: it did not
 *   take the work
 */
export declare function useSubmit(url: MaybeRefOrGetter<string | URL>, options?: MaybeRefOrGetter<SubmitOptions>): {
    submit: (init?: RequestInit) => Promise<void>;
    job: Ref<WatchedJob | null>;
    state: ComputedRef<JobState | null>;
    pending: Ref<boolean>;
    error: Ref<SubmitError | null>;
};
