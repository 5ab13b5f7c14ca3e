// The state of one job, from its stream and its status, for all its watches.

import { ENDS, after, initial } from './state.js';

/** @import { Connection, JobState, Problem, Progress } from './state.js' */

/** @typedef {readonly [number, number]} Position a place in a job's log */

/**
 * @typedef {object} Handlers
 * @property {(state: JobState, event: any) => void} [onProgress] each event, in order, the last one too; a watch of a job
 *   that this page watches already begins with its newest one
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
 *
 * @typedef {(name: keyof Handlers, ...values: any[]) => void} Watcher
 */

export class Job {
  /** @type {Set<Watcher>} */
  watchers = new Set();
  /** The newest event. @type {any} */
  data;
  /** The id of its last event on the stream. */
  cursor = '';
  /** @type {Position | null} where that is */
  seen = null;
  /** @type {Position | null} what a status knew */
  #known = null;
  /** when the time that is left will be over */
  #over = 0;
  /** @type {any} */
  #clock;

  /** @param {string} jobId `''` where only the stream knows it */
  constructor(jobId) {
    this.state = initial(jobId);
  }

  /**
   * An event of the stream.
   *
   * @param {Partial<Progress>} progress
   * @param {any} data
   * @param {Position | null} position
   */
  event(progress, data, position) {
    if (isOld(position, this.seen)) return;
    const again = !position && !!this.seen;
    this.seen = position ?? this.seen;
    const past = isOld(position, this.#known) && !ENDS[`${progress.state}`];
    const { progress: before = 0 } = this.state;
    // Without a position it cannot be known to be newer.
    const least = !position && !again && Number(progress.progress) < before ? { progress: before } : {};
    this.#apply(after(this.state, { ...progress, ...least }, past, again), data);
  }

  /**
   * Where the job stands, as it was asked for.
   *
   * @param {Partial<Progress>} progress
   * @param {any} data
   * @param {Position | null} position
   */
  status(progress, data, position) {
    if (isOld(position, this.#known) || isOld(position, this.seen)) return;
    this.#known = position;
    this.#apply(after(this.state, progress, false, true), data);
  }

  /**
   * @param {Connection} connection
   * @param {Problem | null} problem
   */
  connection(connection, problem) {
    const { connection: before, problem: known } = this.state;
    if (before === connection && known === problem) return;
    this.#change({ ...this.state, connection, problem });
    if (connection === 'open') this.tell('onConnected');
    else if (before === 'open') this.tell('onDisconnected');
  }

  /** @param {Problem} problem */
  unknown = (problem) => {
    this.#change({ ...this.state, state: 'unknown', ended: true, problem, connection: 'closed' });
    this.tell('onUnknown', this.state);
  };

  /** @type {Watcher} */
  tell(name, ...values) {
    for (const watcher of [...this.watchers]) watcher(name, ...values);
  }

  /**
   * @param {JobState} state
   * @param {any} data
   */
  #apply(state, data) {
    const was = this.state.state;
    this.data = data;
    this.#over = Date.now() + (state.etaMs ?? 0);
    this.#change(state);
    const now = this.state;
    this.tell('onProgress', now, data);
    const { state: is } = now;
    const heard = ENDS[is] ?? (is === 'lost' && was !== is && 'onLost');
    if (heard) this.tell(heard, now);
    if (now.ended) this.tell('onEnd', now);
  }

  /** @param {JobState} state */
  #change(state) {
    this.state = Object.freeze(state);
    this.tell('onChange', state);
    clearTimeout(this.#clock);
    if (state.etaMs && !state.stalled && this.watchers.size) this.#clock = setTimeout(() => this.#count(), 1000);
  }

  /** Counts the time that is left down. */
  #count() {
    const etaMs = Math.max(0, Math.round(this.#over - Date.now()));
    this.#change({ ...this.state, etaMs });
  }
}

/**
 * @param {Position | null} position
 * @param {Position | null} newest
 */
const isOld = (position, newest) => !!position && !!newest && (position[0] - newest[0] || position[1] - newest[1]) <= 0;
