// Jobs in Vue: import { useJobProgress, useSubmit } from 'progress-sse/vue';

import { computed, getCurrentInstance, onMounted, onScopeDispose, shallowReactive, shallowRef, toRefs, toValue, watch } from 'vue';
import { isWatch, lazySubmit, lazyWatch } from './lazy-watch.js';
import { smooth } from './smooth.js';
import { initial } from './state.js';

/** @import { ComputedRef, MaybeRefOrGetter, Ref, ShallowRef } from 'vue' */
/** @import { JobState, SubmitError, SubmitOptions, WatchOptions } from './client.js' */
/** @import { LazyWatch, WatchedJob } from './lazy-watch.js' */

const NOTHING = Object.freeze({ ...initial(''), connection: /** @type {const} */ ('closed') });

/**
 * The state of a job, while the component is mounted or the scope lives. Another job id switches to that job.
 *
 * @param {MaybeRefOrGetter<string | URL | WatchedJob | null | undefined>} job a job id, the URL of a stream, a watch, or
 *   nothing yet; or a ref or getter of one
 * @param {MaybeRefOrGetter<WatchOptions>} [options] handlers are always the newest ones; the others are those of the moment
 *   when the stream is opened
 * @returns {Readonly<ShallowRef<JobState>>}
 */
export function useJobProgress(job, options = {}) {
  const state = shallowRef(/** @type {JobState} */ (NOTHING));
  let leave = () => {};
  onScopeDispose(() => leave());
  const follow = () =>
    watch(
      () => toValue(job),
      (now) => {
        leave();
        leave = () => {};
        if (!now) {
          state.value = NOTHING;
          return;
        }
        const source = isWatch(now) ? now : lazyWatch(String(now), () => toValue(options));
        const update = () => void (state.value = source.getSnapshot());
        leave = source.subscribe(update);
        update();
      },
      { immediate: true },
    );
  // A server renders the state that a browser shows first.
  if (getCurrentInstance()) onMounted(follow);
  else follow();
  return state;
}

/**
 * A value that is reached by and by, for bars; never past what was reported.
 *
 * @param {MaybeRefOrGetter<number | undefined>} value as a job's `progress`
 * @param {import('./smooth.js').Smoothness} [smoothness]
 * @returns {Readonly<ShallowRef<number | undefined>>}
 */
export function useSmooth(value, smoothness) {
  const shown = shallowRef(toValue(value));
  const report = smooth((now) => void (shown.value = now), smoothness);
  watch(() => toValue(value), report, { immediate: true });
  return shown;
}

/**
 * Sends work and follows its job.
 *
 * @param {MaybeRefOrGetter<string | URL>} url
 * @param {MaybeRefOrGetter<SubmitOptions>} [options]
 * @returns {{submit: (init?: RequestInit) => Promise<void>, job: Ref<WatchedJob | null>, state: ComputedRef<JobState | null>,
 *   pending: Ref<boolean>, error: Ref<SubmitError | null>}} `pending`: the server has not answered yet; `error`: it did not
 *   take the work
 */
export function useSubmit(url, options = {}) {
  const submission = shallowReactive({
    job: /** @type {LazyWatch | null} */ (null),
    pending: false,
    error: /** @type {SubmitError | null} */ (null),
  });
  let turn = 0;
  async function submit(/** @type {RequestInit | undefined} */ init) {
    const mine = ++turn;
    submission.job?.close();
    Object.assign(submission, { job: null, pending: true, error: null });
    try {
      await lazySubmit(toValue(url), init, () => toValue(options), (watch) => {
        if (mine === turn) submission.job = watch;
      });
      if (mine === turn) submission.pending = false;
    } catch (error) {
      if (mine === turn) Object.assign(submission, { job: null, pending: false, error });
    }
  }
  const state = useJobProgress(() => submission.job);
  const { job, pending, error } = toRefs(submission);
  onScopeDispose(() => submission.job?.close());
  return { submit, job, state: computed(() => job.value && state.value), pending, error };
}
