// Watches all jobs of the caller by one stream, without their ids: those that run, and those to come.

import { keepOpen } from './connection.js';
import { Job } from './job.js';
import { ENDS } from './state.js';
import { absolute, ownBase } from './watch.js';

/** @import { Settings } from './connection.js' */
/** @import { Connection, JobState, Problem, Progress } from './state.js' */

/** @typedef {ReadonlyMap<string, JobState>} Jobs where each job stands, by its id, in the order in which they came */

/**
 * @typedef {object} ListHandlers
 * @property {(state: JobState) => void} [onAppear] a job that was not known before
 * @property {(state: JobState, event: any) => void} [onProgress] each event of each job, the last one too
 * @property {(state: JobState) => void} [onEnd] a job is done, failed or cancelled
 * @property {(jobs: Jobs) => void} [onChange] any change of any job, or of the connection
 * @property {(jobId: string | undefined) => void} [onReset] some events of a job were missed for good; `undefined`: of all
 * @property {(problem: Problem) => void} [onGone] there is no such list, or not for this caller; nothing comes after it
 * @property {(error: unknown) => void} [onError] a handler threw; by default as uncaught errors are reported
 *
 * @typedef {object} ListChoices
 * @property {string | URL} [base] where the starter's endpoints are, as for `watch`
 * @property {string} [owner] the jobs of another owner, or `*` for all, where the server permits it
 * @property {string} [lastEventId] go on behind this event
 * @property {number} [keep] how many ended jobs stay in the map, the newest; 100
 * @property {AbortSignal} [signal] closes the watch
 *
 * @typedef {ListHandlers & ListChoices & Omit<Settings, 'tabs' | 'await'>} ListOptions
 */

/** All jobs of an owner. Its functions may be passed on without it. */
export class ListWatch {
  /** What the connection is told of: one stream, whose URL stays the same. */
  way = { fresh: false };
  /** @type {Map<string, Job>} */
  jobs = new Map();
  /** @type {Connection} */
  connection = 'connecting';
  /** @type {Problem | null} why there is no stream */
  problem = null;
  /** Whether more jobs run than the stream follows. */
  more = false;
  /** @type {Jobs | undefined} */
  #snapshot;
  /** @type {Set<() => void>} */
  #listeners = new Set();
  /** What the newest list that was asked for knew of each job: when that happened. @type {Map<string, number>} */
  #polled = new Map();
  /** How many events have come. */
  #count = 0;
  #queued = false;
  #closed = false;
  #cursor;
  #options;
  #url;
  #stream;
  #signal;

  /** @param {ListOptions} options */
  constructor(options) {
    const { base = ownBase(), owner, lastEventId = '', signal } = options;
    this.#options = options;
    this.#cursor = lastEventId;
    this.#signal = signal;
    const root = absolute(base).replace(/\/$/, '');
    const query = owner ? `?${new URLSearchParams({ owner })}` : '';
    this.#url = `${root}/events${query}`;
    this.#stream = keepOpen(this, { ...options, statusUrl: `${root}/jobs${query}`, await: 0 });
    signal?.addEventListener('abort', this.close);
    if (signal?.aborted) this.close();
  }

  /** The same map until something changes. @returns {Jobs} */
  getSnapshot = () => (this.#snapshot ??= new Map(Array.from(this.jobs, ([id, { state }]) => [id, state])));

  /**
   * Calls a listener after changes: once for all that come together.
   *
   * @param {() => void} listener
   * @returns {() => void} ends it
   */
  subscribe = (listener) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  /** Watches no more; the jobs go on. */
  close = () => {
    if (this.#closed) return;
    this.#stream.close();
    this.connected('closed', this.problem);
    this.#closed = true;
    this.jobs.forEach((job) => job.watchers.clear());
    this.#signal?.removeEventListener('abort', this.close);
  };

  /**
   * Returns the map after each change; a slow loop gets the newest one.
   * @returns {AsyncGenerator<Jobs, void, void>}
   */
  async *[Symbol.asyncIterator]() {
    for (let last; ; ) {
      const jobs = this.getSnapshot();
      if (jobs !== last) yield (last = jobs);
      else if (this.#closed) return;
      else await new Promise((resolve) => {
        const leave = this.subscribe(() => resolve(leave()));
      });
    }
  }

  // What the connection asks for and tells.

  url = () => this.#url;

  cursor = () => this.#cursor;

  /** @param {any} data */
  keyOf = (data) => data.jobId;

  /**
   * @param {Job | undefined} _
   * @param {any} data
   * @returns {Partial<Progress>}
   */
  read = (_, data) => data.state && data;

  /**
   * @param {string} name
   * @param {any} data
   * @param {string} id
   */
  event(name, data, id) {
    // An event without its own id has the id of the previous event.
    const own = id === this.#cursor ? '' : id;
    this.#cursor = id || this.#cursor;
    if (name === 'listed') {
      this.more = !!data.more;
      this.#changed();
    } else if (name === 'reset') this.#tell('onReset', data.jobId);
    else if (data.state && !this.#isPast(data)) this.#job(data).event(data, data, own ? [0, ++this.#count] : null);
  }

  /**
   * A stream that goes on tells also what a list has told meanwhile.
   *
   * @param {any} data
   */
  #isPast({ jobId, state, occurredAt }) {
    return !ENDS[state] && Date.parse(occurredAt) <= (this.#polled.get(jobId) ?? 0);
  }

  /**
   * A list that was asked for while there is no stream. It also has jobs that ended long ago.
   *
   * @param {{jobs: any[]}} list
   * @param {boolean} goesOn whether a stream will tell all of it
   */
  listed({ jobs }, goesOn) {
    if (goesOn) return;
    this.#polled.clear();
    for (const data of jobs.toReversed()) {
      const known = this.jobs.get(data.jobId);
      if (ENDS[data.state] && (!known || known.state.ended)) continue;
      this.#polled.set(data.jobId, Date.parse(data.occurredAt));
      this.#job(data).status(data, data, null);
    }
  }

  /**
   * @param {Connection} connection
   * @param {Problem | null} [problem]
   */
  connected(connection, problem = null) {
    this.connection = connection;
    this.problem = problem;
    this.jobs.forEach((job) => job.state.ended || job.connection(connection, problem));
    this.#changed();
  }

  /** @param {Problem} problem */
  gone(problem) {
    this.problem = problem;
    this.close();
    this.#tell('onGone', problem);
  }

  /** @param {any} data */
  #job({ jobId }) {
    let job = this.jobs.get(jobId);
    // An id may be used again after the end.
    if (!job || job.state.ended) {
      this.jobs.delete(jobId);
      this.jobs.set(jobId, (job = new Job(jobId)));
      job.state = Object.freeze({ ...job.state, connection: this.connection });
      this.#watch(job);
    }
    return job;
  }

  /** @param {Job} job */
  #watch(job) {
    let isNew = true;
    job.watchers.add((name, ...values) => {
      if (name === 'onChange') this.#changed();
      if (name !== 'onProgress' && name !== 'onEnd') return;
      if (isNew) this.#tell('onAppear', values[0]);
      isNew = false;
      this.#tell(name, ...values);
      if (name === 'onEnd') this.#forget();
    });
  }

  /** Ended jobs that are too many. */
  #forget() {
    const ended = [...this.jobs.values()].filter(({ state }) => state.ended);
    const { keep = 100 } = this.#options;
    for (const { state } of ended.slice(0, Math.max(0, ended.length - keep))) this.jobs.delete(state.jobId);
  }

  #changed() {
    this.#snapshot = undefined;
    if (this.#queued) return;
    this.#queued = true;
    queueMicrotask(() => {
      this.#queued = false;
      this.#tell('onChange', this.getSnapshot());
      this.#listeners.forEach((listener) => this.#run(listener));
    });
  }

  /**
   * @param {keyof ListHandlers} name
   * @param {any[]} values
   */
  #tell(name, ...values) {
    this.#run(() => /** @type {any} */ (this.#options[name])?.(...values));
  }

  /** @param {() => unknown} action */
  #run(action) {
    try {
      action();
    } catch (error) {
      // It must not end the watch, and must not be lost.
      const { onError } = this.#options;
      if (onError) onError(error);
      else setTimeout(() => { throw error; });
    }
  }
}

/**
 * Watches all jobs of the caller.
 *
 * @param {ListOptions} [options]
 * @returns {ListWatch}
 */
export const watchMine = (options = {}) => new ListWatch(options);
