// One job as its watchers see it.

import { after, change, initial, isEnd } from './state.js';

/** @import { Connection, JobState, Note, Problem, Progress } from './state.js' */

/** @typedef {readonly [number, number]} Position a place in a job's log */

/**
 * @typedef {object} Handlers
 * @property {(state: JobState, event: any) => void} [onProgress] each event, in order, the last one too
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
 */

/** Takes in what a stream brings and tells its listeners. */
export class Job {
  /** @type {Set<() => void>} */
  #listeners = new Set();
  /** @type {Position | null} the last event of the stream */
  #seen = null;
  /** @type {Position | null} what a snapshot knew */
  #known = null;
  /** when the time that is left will be over */
  #over = 0;
  /** @type {any} */
  #clock;
  /** @type {(state: JobState) => void} */
  #settle = () => {};

  /**
   * @param {string} jobId `''` where only the stream knows it
   * @param {Handlers} handlers
   * @param {() => void} release called once, when nothing more is wanted
   */
  constructor(jobId, handlers, release) {
    this.key = jobId;
    this.state = initial(jobId);
    /** Whether it may come late, because it is being submitted. */
    this.pending = false;
    this.handlers = handlers;
    this.release = release;
    this.closed = false;
    /** @type {Promise<JobState>} */
    this.ended = new Promise((resolve) => (this.#settle = resolve));
  }

  /** @param {() => void} listener */
  subscribe = (listener) => {
    const entry = () => listener();
    this.#listeners.add(entry);
    this.#tick();
    return () => {
      this.#listeners.delete(entry);
    };
  };

  /**
   * An event of the stream.
   *
   * @param {Partial<Progress>} progress
   * @param {any} data
   * @param {Position | null} position
   * @param {boolean} partial
   */
  event(progress, data, position, partial) {
    if (this.closed || (position && this.#seen && compare(position, this.#seen) <= 0)) return;
    const again = !position && !!this.#seen;
    this.#seen = position ?? this.#seen;
    const past = !!position && !!this.#known && compare(position, this.#known) <= 0 && !isEnd(progress.state);
    const { progress: before = 0 } = this.state;
    // Without a position nothing says that it is newer.
    const least = !position && !again && Number(progress.progress) < before ? { progress: before } : {};
    this.#apply(after(this.state, { ...progress, ...least }, { partial, past, again }), data);
  }

  /**
   * Where the job stands, as it was asked for.
   *
   * @param {Partial<Progress>} progress
   * @param {any} data
   * @param {Position | null} position
   * @param {boolean} partial
   */
  snapshot(progress, data, position, partial) {
    const isOld = (/** @type {Position | null} */ newest) => position && newest && compare(position, newest) <= 0;
    if (this.closed || isOld(this.#known) || isOld(this.#seen)) return;
    this.#known = position;
    this.#apply(after(this.state, progress, { partial, again: true }), data);
  }

  /**
   * @param {Connection} connection
   * @param {Problem | null} problem
   */
  connection(connection, problem) {
    const before = this.state.connection;
    if (this.closed || (before === connection && this.state.problem === problem)) return;
    this.#change(change(this.state, { connection, problem }));
    if (connection === 'open' && before !== 'open') this.#call('onConnected');
    if (connection !== 'open' && before === 'open') this.#call('onDisconnected');
  }

  reset() {
    if (!this.closed) this.#call('onReset');
  }

  /** @param {Problem} problem */
  unknown(problem) {
    if (this.closed || this.pending) return;
    this.#finish(change(this.state, { state: 'unknown', ended: true, problem }));
    this.#call('onUnknown', this.state);
  }

  close = () => {
    if (!this.closed) this.#finish(this.state);
  };

  /**
   * @param {JobState} state
   * @param {any} data
   */
  #apply(state, data) {
    const was = this.state.state;
    this.#over = performance.now() + (state.etaMs ?? 0);
    if (state.ended) this.#finish(state);
    else this.#change(state);
    const now = this.state;
    this.#call('onProgress', now, data);
    if (now.state === 'done') this.#call('onDone', now);
    if (now.state === 'failed') this.#call('onFailed', now);
    if (now.state === 'cancelled') this.#call('onCancelled', now);
    if (now.ended) this.#call('onEnd', now);
    else if (now.state === 'lost' && was !== 'lost') this.#call('onLost', now);
  }

  /** @param {JobState} state */
  #finish(state) {
    this.closed = true;
    this.release();
    this.#change(change(state, { connection: 'closed' }));
    this.#settle(this.state);
  }

  /** @param {JobState} state */
  #change(state) {
    this.state = state;
    this.#tick();
    this.#call('onChange', state);
    for (const listener of [...this.#listeners]) this.#guard(listener);
  }

  /** Counts the time that is left down, while somebody looks. */
  #tick() {
    clearTimeout(this.#clock);
    const { etaMs, stalled } = this.state;
    if (this.closed || !etaMs || stalled || !(this.handlers.onChange || this.#listeners.size)) return;
    this.#clock = setTimeout(() => {
      const left = Math.round(this.#over - performance.now());
      this.#change(change(this.state, { etaMs: Math.max(0, left) }));
    }, 1000);
  }

  /**
   * @param {keyof Handlers} name
   * @param {...any} values
   */
  #call(name, ...values) {
    this.#guard(() => /** @type {any} */ (this.handlers)[name]?.(...values));
  }

  /**
   * What a page's own code throws must not end the watch, and must not be lost.
   *
   * @param {() => unknown} action
   */
  #guard(action) {
    try {
      action();
    } catch (error) {
      const { onError = report } = this.handlers;
      onError(error);
    }
  }
}

/** @param {unknown} error */
function report(error) {
  queueMicrotask(() => {
    throw error;
  });
}

/**
 * @param {Position} left
 * @param {Position} right
 */
const compare = (left, right) => left[0] - right[0] || left[1] - right[1];
