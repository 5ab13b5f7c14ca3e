// Polls lists of jobs from the server while the page is visible.
//
// A stream of all jobs would make each job publish four times a second, and would follow a limited number of jobs. A list costs the
// server only the requested page, and almost nothing if the page's ETag shows that it has not changed.

/** @typedef {import('./jobs.js').Job} Job */
/** @typedef {{jobs: readonly Job[], more: boolean}} List `more`: there are more jobs than the page reads */

/** The most jobs that are read of a list. */
export const MOST = 2000;

/** The pause between two requests, in milliseconds. After a slow answer it is longer, three times the duration of the request. */
const PAUSE = 2000;

const LONGEST_PAUSE = 60_000;

/** An answer with an error status. */
export class Refusal extends Error {
  /** @param {number} status */
  constructor(status) {
    super(`The server answered ${status}`);
    this.status = status;
  }
}

/** @typedef {{tag: string, jobs: Job[], next: string | null}} Page */

/** A list of jobs, read page by page. Pages that have not changed are not sent again. */
export class JobList {
  /** @type {Map<string, Page>} by URL */
  #pages = new Map();
  #query;
  #limit;
  #most;

  /**
   * @param {Record<string, string>} query which jobs, as parameters of the URL
   * @param {number} limit jobs of one page
   * @param {number} most jobs of all pages
   */
  constructor(query, limit, most = MOST) {
    this.#query = query;
    this.#limit = limit;
    this.#most = most;
  }

  /**
   * @param {AbortSignal} signal
   * @returns {Promise<List>}
   */
  async load(signal) {
    /** @type {Map<string, Page>} */
    const pages = new Map();
    /** @type {Map<string, Job>} */
    const jobs = new Map();
    let cursor = /** @type {string | null} */ ('');
    // A page may have fewer jobs than the limit although more pages follow.
    for (let left = 2 * Math.ceil(this.#most / this.#limit); cursor !== null && jobs.size < this.#most && left > 0; left--) {
      const url = new URL('jobs', base);
      url.search = String(new URLSearchParams({ owner: '*', ...this.#query, limit: String(this.#limit), ...(cursor && { cursor }) }));
      const page = await this.#page(url.href, signal);
      pages.set(url.href, page);
      page.jobs.forEach((job) => jobs.set(job.jobId, job));
      cursor = page.next;
    }
    this.#pages = pages;
    return { jobs: [...jobs.values()], more: cursor !== null };
  }

  /**
   * @param {string} url
   * @param {AbortSignal} signal
   * @returns {Promise<Page>}
   */
  async #page(url, signal) {
    const known = this.#pages.get(url);
    const headers = new Headers({ Accept: 'application/json' });
    if (known) headers.set('If-None-Match', known.tag);
    const response = await fetch(url, { headers, signal, cache: 'no-store' });
    if (known && response.status === 304) return known;
    if (!response.ok) throw new Refusal(response.status);
    const { jobs, next } = await response.json();
    return { tag: response.headers.get('ETag') ?? '', jobs, next };
  }
}

/** Gets an event when polling goes on after a pause. */
const resumed = new EventTarget();

let paused = false;

/** @param {boolean} still whether to stop polling until the next call */
export function pause(still) {
  paused = still;
  if (!still) resumed.dispatchEvent(new Event('resume'));
}

/** The path of the endpoints, which is the parent folder of this file. */
export const base = new URL('../', import.meta.url);

/**
 * Runs a function at once, and again after each pause while the page is visible and not paused by the user.
 *
 * @param {(signal: AbortSignal) => Promise<void>} look the function; if its promise is rejected, the pauses get longer
 * @param {number} [pause]
 * @returns {{now: () => void, stop: () => void}} `now` does not wait for the pause to end
 */
export function repeat(look, pause = PAUSE) {
  const over = new AbortController();
  let timer = 0;
  let busy = false;
  let wait = pause;
  const run = async () => {
    clearTimeout(timer);
    if (busy || paused || document.hidden || over.signal.aborted) return;
    busy = true;
    const begun = performance.now();
    try {
      await look(over.signal);
      wait = Math.max(pause, Math.min(LONGEST_PAUSE, 3 * (performance.now() - begun)));
    } catch {
      wait = Math.min(LONGEST_PAUSE, 2 * wait);
    }
    busy = false;
    if (!over.signal.aborted) timer = setTimeout(run, wait);
  };
  document.addEventListener('visibilitychange', run, { signal: over.signal });
  resumed.addEventListener('resume', run, { signal: over.signal });
  run();
  return {
    now: run,
    stop() {
      clearTimeout(timer);
      over.abort();
    },
  };
}
