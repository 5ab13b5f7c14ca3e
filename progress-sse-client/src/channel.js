// One stream and the jobs on it.

import { keepOpen } from './connection.js';
import { Job } from './job.js';

/** @import { Position, Watcher } from './job.js' */
/** @import { Settings } from './connection.js' */
/** @import { Connection, Problem, Progress } from './state.js' */

/** The largest number of jobs on one stream. */
export const MAX_JOBS = 32;

/**
 * @typedef {(data: any, name: string) => Partial<Progress> | null | undefined} Reader
 *
 * @typedef {object} Way Where the stream is, and what it speaks.
 * @property {(ids: string[]) => string | URL | Promise<string | URL>} url
 * @property {boolean} fresh whether the URL may be another one each time
 * @property {boolean} [many] whether it is a stream of many jobs even with one
 * @property {() => Reader | Promise<Reader>} [reader] for other formats than the standard one
 */

export class Channel {
  /** @type {Map<string, Job>} */
  jobs = new Map();
  /** @type {string[]} the jobs of the open stream */
  #ids = [];
  #lastId = '';
  /** @type {ReturnType<typeof keepOpen> | undefined} */
  #connection;
  #waiting = false;
  /** @type {Reader | undefined} */
  #reader;

  /**
   * @param {Way} way
   * @param {Settings} settings
   * @param {unknown[]} [key] what it has in common with jobs that it may be shared with
   */
  constructor(way, settings, key) {
    this.key = key;
    this.way = way;
    this.settings = settings;
  }

  /**
   * @param {string} key the job's id; `''` where only the stream knows it
   * @param {Watcher} watcher
   * @param {string} [cursor] of the last event that was seen
   */
  add(key, watcher, cursor = '') {
    let job = this.jobs.get(key);
    if (!job) {
      job = new Job(key);
      job.cursor = cursor;
      job.seen = positionIn(cursor);
      this.jobs.set(key, job);
      this.refresh();
    }
    job.watchers.add(watcher);
    return job;
  }

  /**
   * @param {string} key
   * @param {Watcher} watcher
   */
  remove(key, watcher) {
    const job = this.jobs.get(key);
    if (!job?.watchers.delete(watcher) || job.watchers.size) return;
    this.jobs.delete(key);
    if (!this.jobs.size) this.#close();
  }

  /** Opens the stream again. Jobs that are added together get one new stream, not one each. */
  refresh() {
    if (this.#waiting) return;
    this.#waiting = true;
    setTimeout(async () => {
      const { document, navigator } = globalThis;
      this.#reader ??= await this.way.reader?.();
      const tabs = this.key && document && navigator?.locks && (await import('./share.js').catch(() => null));
      this.#waiting = false;
      if (!this.jobs.size) return;
      if (this.#connection) this.#connection.restart();
      else this.#connection = (tabs ? tabs.share : keepOpen)(this, this.settings);
    });
  }

  #close() {
    this.#connection?.close();
    this.#connection = undefined;
  }

  get #many() {
    return this.way.many || this.#ids.length > 1;
  }

  url() {
    this.#lastId = '';
    this.#ids = [...this.jobs.keys()].sort();
    return this.way.url(this.#ids);
  }

  cursor() {
    const jobs = this.#ids.map((id) => this.jobs.get(id));
    if (!this.#many) return jobs[0]?.cursor ?? '';
    const cursor = jobs.map((job) => job?.seen?.map((n) => n.toString(36)).join('.') ?? '-').join('~');
    return /\w/.test(cursor) ? cursor : '';
  }

  /**
   * Which job it is about.
   *
   * @param {any} data
   * @returns {string}
   */
  keyOf(data) {
    return this.#many ? data.jobId : this.#ids[0];
  }

  /**
   * @param {string} name
   * @param {any} data
   * @param {string} id
   */
  event(name, data, id) {
    const key = this.keyOf(data);
    const job = this.jobs.get(key);
    // An event without its own id has the id of the previous event.
    const own = id === this.#lastId ? '' : id;
    this.#lastId = id;
    if (name === 'unknown') return job?.unknown({ reason: 'not-found', status: 404 });
    if (name === 'reset') return job?.tell('onReset');
    const position = this.#many ? positionOf(own.split('~')[this.#ids.indexOf(key)]) : positionIn(own);
    // As a stream of this job alone would have it.
    if (job && own) job.cursor = this.#many ? (position ?? []).join('-') : own;
    const progress = this.read(job, data, name);
    if (progress) job?.event(progress, data, position);
  }

  /**
   * @param {Connection} connection
   * @param {Problem | null} [problem]
   */
  connected(connection, problem = null) {
    this.jobs.forEach((job) => job.connection(connection, problem));
  }

  /** @param {Problem} problem */
  gone(problem) {
    this.#close();
    this.jobs.forEach((job) => job.unknown(problem));
  }

  /**
   * Values that another format does not have stay unchanged.
   *
   * @param {Job | undefined} job
   * @param {any} data
   * @param {string} name
   * @returns {Partial<Progress> | null | undefined}
   */
  read(job, data, name) {
    if (!this.#reader || name === 'ping') return data.state && data;
    const progress = this.#reader(data, name);
    return progress && { ...job?.state, ...progress };
  }
}

/**
 * @param {string} text ends with a place such as `1748649600456-2`
 * @returns {Position | null}
 */
export function positionIn(text) {
  const [, ms, n] = /(?:^|[~:"])(\d+)-(\d+)"?$/.exec(text) ?? [];
  return n ? [+ms, +n] : null;
}

/**
 * @param {string | undefined} part of the id of a stream of many jobs
 * @returns {Position | null}
 */
function positionOf(part = '') {
  const [ms, n] = part.split('.').map((text) => parseInt(text, 36));
  return n >= 0 ? [ms, n] : null;
}
