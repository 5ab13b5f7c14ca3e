// One job as its watchers see it.

import { after, change, initial } from './state.js';

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

const HANDLERS = /** @type {const} */ ({ done: 'onDone', failed: 'onFailed', cancelled: 'onCancelled', unknown: 'onUnknown' });

/** Takes in what a stream brings and tells its listeners. */
export class Job {
  /** @type {Set<() => void>} */
  #listeners = new Set();
  /** @type {Position | null} the last event of the stream */
  #seen = null;
  /** @type {Position | null} what a snapshot knew */
  #known = null;
  #knownAt = 0;
  /** @type {{at: number, left: number} | undefined} */
  #eta;
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
  subscribe(listener) {
    const entry = () => listener();
    this.#listeners.add(entry);
    this.#tick();
    return () => {
      this.#listeners.delete(entry);
    };
  }

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
    const again = !position && this.#seen !== null;
    if (position) this.#seen = position;
    const before = this.#known && position ? compare(position, this.#known) <= 0 : time(progress) < this.#knownAt;
    const past = before && !isEnd(progress);
    if (!position && !again && (progress.progress ?? 1) < (this.state.progress ?? 0)) {
      progress = { ...progress, progress: this.state.progress };
    }
    this.#apply(after(this.state, progress, { partial, past, again }), data);
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
    const newest = this.#known ?? this.#seen;
    if (this.closed || (position && newest && compare(position, newest) <= 0)) return;
    if (!position && time(progress) <= time(this.state) && !isEnd(progress)) return;
    this.#known = position;
    this.#knownAt = position ? 0 : time(progress) || 0;
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

  close() {
    if (!this.closed) this.#finish(this.state);
  }

  /**
   * @param {JobState} state
   * @param {any} data
   */
  #apply(state, data) {
    const was = this.state.state;
    this.#eta = state.etaMs === undefined ? undefined : { at: performance.now(), left: state.etaMs };
    if (state.ended) this.#finish(state);
    else this.#change(state);
    const now = this.state;
    this.#call('onProgress', now, data);
    if (now.ended) {
      this.#call(HANDLERS[/** @type {keyof typeof HANDLERS} */ (now.state)], now);
      if (now.state !== 'unknown') this.#call('onEnd', now);
    } else if (now.state === 'lost' && was !== 'lost') {
      this.#call('onLost', now);
    }
  }

  /** @param {JobState} state */
  #finish(state) {
    this.closed = true;
    clearInterval(this.#clock);
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
    const wanted = !this.closed && this.#eta && !this.state.stalled && (this.handlers.onChange || this.#listeners.size);
    if (wanted && !this.#clock) {
      this.#clock = setInterval(() => {
        const { at, left } = this.#eta ?? { at: 0, left: 0 };
        const etaMs = Math.max(0, left - Math.round(performance.now() - at));
        if (etaMs !== this.state.etaMs) this.#change(change(this.state, { etaMs }));
      }, 1000);
    } else if (!wanted) {
      clearInterval(this.#clock);
      this.#clock = undefined;
    }
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

/** @param {Partial<Progress>} progress */
const time = (progress) => Date.parse(progress.occurredAt ?? '');

/** @param {Partial<Progress>} progress */
const isEnd = (progress) => ['done', 'failed', 'cancelled'].includes(progress.state ?? '');
