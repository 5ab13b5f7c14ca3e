// One stream and the jobs on it.

import { keepOpen } from './connection.js';
import { Job } from './job.js';

/** @import { Position, Watcher } from './job.js' */
/** @import { Settings } from './connection.js' */
/** @import { Progress } from './state.js' */

/** Most jobs on one stream. */
export const MAX_JOBS = 32;

const NAMES = ['progress', 'done', 'failed', 'cancelled', 'unknown', 'reset', 'started'];

/** @type {import('./state.js').Problem} */
const UNKNOWN = { reason: 'not-found', status: 404 };

/**
 * @typedef {(data: any, name: string) => Partial<Progress> | null | undefined} Reader
 *
 * @typedef {object} Way Where the stream is, and what it speaks.
 * @property {(ids: string[]) => string | URL | Promise<string | URL>} url
 * @property {boolean} fresh whether the URL may be another one each time
 * @property {boolean} [many] whether it is a stream of many jobs even with one
 * @property {() => Promise<Reader>} [reader] for other formats than the standard one
 */

export class Channel {
  /** @type {Map<string, Job>} */
  jobs = new Map();
  /** @type {Map<string, {id: string, position: Position | null}>} the last event of each job */
  #last = new Map();
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
   */
  constructor(way, settings) {
    this.way = way;
    this.settings = settings;
  }

  /**
   * @param {string} key the job's id; `''` where only the stream knows it
   * @param {Watcher} watcher
   * @param {string} [id] of the last event that was seen
   */
  add(key, watcher, id) {
    const known = this.jobs.get(key);
    const job = known ?? new Job(key);
    job.watchers.add(watcher);
    if (!known) {
      this.jobs.set(key, job);
      if (id) this.#last.set(key, { id, position: positionIn(id) });
      this.refresh();
    }
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
    this.#last.delete(key);
    if (!this.jobs.size) this.#close();
  }

  /** Opens the stream anew; jobs that come together get one stream, not one after the other. */
  refresh() {
    if (this.#waiting) return;
    this.#waiting = true;
    setTimeout(async () => {
      this.#reader ??= await this.way.reader?.();
      this.#waiting = false;
      if (!this.jobs.size) return;
      if (this.#connection) this.#connection.restart();
      else this.#connection = this.#open();
    });
  }

  #open() {
    return keepOpen(
      {
        url: () => this.way.url((this.#ids = [...this.jobs.keys()].sort())),
        fresh: this.way.fresh,
        cursor: () => this.#cursor(),
        names: this.#reader ? [...NAMES, 'complete', 'message'] : NAMES,
        onEvent: (name, data, id) => this.#event(name, data, id),
        onStatus: (json, tag) => this.#status(json, tag),
        onConnection: (connection, problem) => this.#each((job) => job.connection(connection, problem)),
        onGone: (problem) => {
          this.#close();
          this.#each((job) => job.unknown(problem));
        },
      },
      this.settings,
    );
  }

  #close() {
    this.#connection?.close();
    this.#connection = undefined;
    this.#lastId = '';
  }

  get #many() {
    return this.way.many || this.#ids.length > 1;
  }

  #cursor() {
    const last = this.#ids.map((id) => this.#last.get(id));
    if (!this.#many) return last[0]?.id ?? '';
    const parts = last.map((each) => each?.position?.map((n) => n.toString(36)).join('.') ?? '-');
    return parts.some((part) => part !== '-') ? parts.join('~') : '';
  }

  /**
   * @param {string} name
   * @param {any} data
   * @param {string} id
   */
  #event(name, data, id) {
    const news = id !== this.#lastId;
    this.#lastId = id;
    const key = this.#many ? data.jobId : this.#ids[0];
    const job = this.jobs.get(key);
    if (name === 'unknown') return job?.unknown(UNKNOWN);
    if (news) this.#remember(id);
    if (name === 'reset') return job?.tell('onReset');
    const progress = this.#read(data, name);
    const position = news ? (this.#last.get(key)?.position ?? null) : null;
    if (progress) job?.event(progress, data, position, !!this.#reader);
  }

  /** @param {string} id */
  #remember(id) {
    if (!this.#many) {
      this.#last.set(this.#ids[0], { id, position: positionIn(id) });
      return;
    }
    id.split('~').forEach((part, i) => {
      const numbers = part.split('.').map((n) => parseInt(n, 36));
      if (numbers.length === 2 && this.jobs.has(this.#ids[i])) {
        this.#last.set(this.#ids[i], { id: numbers.join('-'), position: [numbers[0], numbers[1]] });
      }
    });
  }

  /**
   * @param {any} json
   * @param {string} tag
   */
  #status(json, tag) {
    for (const data of [json].flat()) {
      const key = this.#many ? data.jobId : this.#ids[0];
      const progress = this.#read(data, '');
      const position = positionIn(tag, this.#many ? `${key}:` : '');
      if (progress) this.jobs.get(key)?.status(progress, data, position, !!this.#reader);
    }
  }

  /**
   * @param {any} data
   * @param {string} name
   * @returns {Partial<Progress> | null | undefined}
   */
  #read(data, name) {
    return this.#reader ? this.#reader(data, name) : name === 'started' ? null : data;
  }

  /** @param {(job: Job) => void} action */
  #each(action) {
    [...this.jobs.values()].forEach(action);
  }
}

/**
 * @param {string} text such as `1748649600456-2`, with other things around it
 * @param {string} [before]
 * @returns {Position | null}
 */
function positionIn(text, before = '') {
  const [, ms, n] = new RegExp(`(?:^|\\W)${before}(\\d+)-(\\d+)\\b`).exec(text) ?? [];
  return n ? [Number(ms), Number(n)] : null;
}
