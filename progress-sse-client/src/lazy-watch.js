// A watch for components, which come and go: open while anyone listens.

import { submit, watch } from './client.js';
import { initial } from './state.js';

/** @import { JobState, JobWatch } from './client.js' */

/**
 * The part of a watch that a component needs.
 *
 * @typedef {Pick<JobWatch, 'jobId' | 'getSnapshot' | 'subscribe' | 'cancel' | 'cancellable'>} WatchedJob
 */

/** @implements {WatchedJob} */
export class LazyWatch {
  #open;
  /** @type {JobWatch | undefined} the newest */
  #watch;
  #closed;
  #listeners = 0;
  /** @type {JobState} what was seen before the watch that is open */
  #seen;

  /**
   * @param {string} jobId `''` where only the stream knows it
   * @param {() => JobWatch} open
   * @param {JobWatch} [watch] one that is open already
   */
  constructor(jobId, open, watch) {
    this.#open = open;
    this.#watch = watch;
    this.#closed = !watch;
    this.#seen = initial(jobId);
    const first = this.#seen;
    /** The state that a server renders, and a browser at first. */
    this.getServerSnapshot = () => first;
  }

  get jobId() {
    return this.getSnapshot().jobId;
  }

  getSnapshot = () => {
    const now = this.#closed ? undefined : this.#watch?.getSnapshot();
    return !now || (now.state === 'waiting' && this.#seen.state !== 'waiting') ? this.#seen : now;
  };

  /** @param {() => void} listener */
  subscribe = (listener) => {
    if (this.getSnapshot().ended) return () => {};
    this.#listeners++;
    if (this.#closed || !this.#watch) this.#watch = this.#open();
    this.#closed = false;
    const leave = this.#watch.subscribe(listener);
    let left = false;
    return () => {
      if (left) return;
      left = true;
      leave();
      this.#listeners--;
      // React's StrictMode unsubscribes and subscribes again at once.
      queueMicrotask(() => this.#listeners || this.close());
    };
  };

  cancel = async () => this.#watch?.cancel() ?? false;

  cancellable = async () => {
    // It may be asked right before it is listened to.
    await null;
    return this.#watch?.cancellable() ?? false;
  };

  /** Until the next subscription. */
  close = () => {
    this.#seen = this.getSnapshot();
    this.#closed = true;
    this.#watch?.close();
  };
}

const HANDLERS = /** @type {const} */ (['onProgress', 'onChange', 'onDone', 'onFailed', 'onCancelled', 'onEnd', 'onUnknown', 'onLost',
  'onConnected', 'onDisconnected', 'onReset']);

/**
 * Whether this is a watch, and not something that can be watched.
 *
 * @param {unknown} target
 * @returns {target is WatchedJob}
 */
export const isWatch = (target) => typeof target === 'object' && target !== null && 'getSnapshot' in target;

/**
 * A watch that is not open yet.
 *
 * @param {import('./client.js').Target} target
 * @param {() => import('./client.js').WatchOptions} newestOptions
 */
export function lazyWatch(target, newestOptions) {
  const id = typeof target === 'string' && !target.includes('/') ? target : '';
  return new LazyWatch(id, () => watch(target, withNewestHandlers(newestOptions)));
}

/**
 * Sends work, and gives its watch away before it is sent.
 *
 * @param {string | URL} url
 * @param {RequestInit | undefined} init
 * @param {() => import('./client.js').SubmitOptions} newestOptions
 * @param {(job: LazyWatch) => void} use
 */
export async function lazySubmit(url, init, newestOptions, use) {
  const options = withNewestHandlers(newestOptions);
  const target = options.target ?? ((id) => id);
  await submit(url, init, {
    ...options,
    onWatch: (opened) => use(new LazyWatch(opened.jobId, () => watch(target(opened.jobId), options), opened)),
  });
}

/**
 * Options whose handlers are always the newest ones, as a component gives new ones each time it renders.
 *
 * @template {import('./client.js').WatchOptions} O
 * @param {() => O} newest
 * @returns {O}
 */
export function withNewestHandlers(newest) {
  /** @type {any} */
  const options = { ...newest() };
  for (const name of HANDLERS) {
    options[name] = (/** @type {any[]} */ ...values) => /** @type {any} */ (newest())[name]?.(...values);
  }
  return options;
}
