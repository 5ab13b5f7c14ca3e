'use client';
// Jobs in React: import { ProgressBar, useJobProgress, useSubmit } from 'progress-sse/react';

import { createElement, useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { isWatch, lazySubmit, lazyWatch } from './lazy-watch.js';
import { smooth } from './smooth.js';
import { initial } from './state.js';

/** @import { JobState, SubmitError, SubmitOptions, Target, WatchOptions } from './client.js' */
/** @import { LazyWatch, WatchedJob } from './lazy-watch.js' */

const NOTHING = { ...initial(''), connection: /** @type {const} */ ('closed') };
const BY_FUNCTION = Symbol('asked anew for each connection');
const NO_JOB = { subscribe: () => () => {}, getSnapshot: () => NOTHING };

/**
 * The state of a job, while the component is mounted. Another job id switches to that job. Handlers are always the newest
 * ones; the other options are those of the moment when the stream is opened.
 *
 * @param {Target | WatchedJob | null | undefined} job a job id; the URL of a stream; a function that gives one for each
 *   connection (which does not switch: give the component a `key`); a watch, whose own handlers count; or nothing yet
 * @param {WatchOptions} [options]
 * @returns {JobState}
 */
export function useJobProgress(job, options = {}) {
  const newest = useNewest(options);
  const key = job instanceof URL ? job.href : typeof job === 'function' ? BY_FUNCTION : job;
  const target = useNewest(job);
  const source = useMemo(() => {
    if (!key) return NO_JOB;
    if (isWatch(key)) return key;
    if (typeof key === 'string') return lazyWatch(key, () => newest.current);
    return lazyWatch(() => /** @type {() => string} */ (target.current)(), () => newest.current);
  }, [key, newest, target]);
  const { getServerSnapshot = source.getSnapshot } = /** @type {Partial<LazyWatch>} */ (source);
  return useSyncExternalStore(source.subscribe, source.getSnapshot, getServerSnapshot);
}

/**
 * A value that is reached by and by, for bars; never past what was reported.
 *
 * @param {number | undefined} value as a job's `progress`
 * @param {import('./smooth.js').Smoothness} [smoothness] that of the first time counts
 * @returns {number | undefined}
 */
export function useSmooth(value, smoothness) {
  const [shown, show] = useState(value);
  const [report] = useState(() => smooth(show, smoothness));
  useEffect(() => report(value), [report, value]);
  return shown;
}

/**
 * Sends work and follows its job.
 *
 * @param {string | URL} url
 * @param {SubmitOptions} [options]
 * @returns {{submit: (init?: RequestInit) => Promise<void>, job: WatchedJob | null, state: JobState | null, pending: boolean,
 *   error: SubmitError | null}} `pending`: the server has not answered yet; `error`: it did not take the work
 */
export function useSubmit(url, options = {}) {
  const newest = useNewest(options);
  const [{ job, pending, error }, set] = useState(/** @type {Submission} */ (IDLE));
  const opened = useRef(/** @type {LazyWatch | null} */ (null));
  const turn = useRef(0);
  const submit = useCallback(
    async (/** @type {RequestInit | undefined} */ init) => {
      const mine = ++turn.current;
      const update = (/** @type {Partial<Submission>} */ part) => {
        if (mine === turn.current) set((before) => ({ ...before, ...part }));
      };
      update({ ...IDLE, pending: true });
      try {
        await lazySubmit(url, init, () => newest.current, (watch) => {
          opened.current?.close();
          opened.current = watch;
          update({ job: watch });
        });
        update({ pending: false });
      } catch (refused) {
        update({ ...IDLE, error: /** @type {SubmitError} */ (refused) });
      }
    },
    [url, newest],
  );
  useEffect(() => () => opened.current?.close(), []);
  const state = useJobProgress(job);
  return { submit, job, state: job && state, pending, error };
}

/** @typedef {{job: LazyWatch | null, pending: boolean, error: SubmitError | null}} Submission */

/** @type {Submission} */
const IDLE = { job: null, pending: false, error: null };

/**
 * A job's bar with its words: the element `<progress-sse>`, which is loaded in the browser.
 *
 * @param {{job: string | URL | WatchedJob | null | undefined, error?: SubmitError | null, base?: string, format?: string,
 *   label?: string, lang?: string, noCancel?: boolean, className?: string, style?: import('react').CSSProperties,
 *   children?: import('react').ReactNode}} props `job`: its id, the URL of its stream, or a watch; `error`: why the work was
 *   not taken; `children`: elements whose `slot` is a state
 */
export function ProgressBar({ job, error, noCancel, className, ...others }) {
  const element = useRef(/** @type {any} */ (null));
  const watch = isWatch(job) ? job : null;
  const text = watch || !job ? undefined : String(job);
  useEffect(() => {
    const bar = element.current;
    let here = true;
    void import('./element.js').then(() => {
      if (here && error) bar.refuse(error);
      else if (here && watch) bar.watch = watch;
    });
    return () => {
      here = false;
      if (watch && bar.watch === watch) bar.watch = null;
    };
  }, [watch, error]);
  return createElement('progress-sse', {
    ...others,
    ref: element,
    class: className,
    [text?.includes('/') ? 'src' : 'job']: text,
    'no-cancel': noCancel ? '' : undefined,
    // The element says its state in an attribute, perhaps before React takes over what the server has rendered.
    suppressHydrationWarning: true,
  });
}

/**
 * What a component was given last.
 *
 * @template T
 * @param {T} value
 */
function useNewest(value) {
  const newest = useRef(value);
  useEffect(() => {
    newest.current = value;
  });
  return newest;
}
