// A table of any number of jobs. Only the visible rows have elements. It is drawn at most once per frame.

import { element, mark } from './dom.js';

/** @import { Job } from './jobs.js' */
/** @import { Column } from './cells.js' */

/** The number of rows above and below the visible ones, for scrolling and for the Tab key. */
const MARGIN = 6;

export class Rows {
  /** @type {readonly Job[]} */
  #jobs = [];
  /** @type {Map<string, {row: HTMLElement, job: Job | undefined, at: number}>} by job id: the row, the job that it shows, and the second in which it was filled */
  #shown = new Map();
  #columns;
  #body = element('div.rows', { role: 'rowgroup' });
  #height = 0;
  #frame = 0;
  #over = new AbortController();
  element;

  /**
   * @param {readonly Column[]} columns
   * @param {string} label
   * @param {string} kind a CSS class
   */
  constructor(columns, label, kind) {
    this.#columns = columns;
    this.element = element(`div.table.${kind}`, { role: 'table', 'aria-label': label },
      element('div.head', { role: 'rowgroup' },
        element('div.row', { role: 'row', 'aria-rowindex': 1 },
          ...columns.map(({ key, label }) => element(`span.${key}`, { role: 'columnheader' }, label)))),
      this.#body);
    const { signal } = this.#over;
    addEventListener('scroll', () => this.draw(), { passive: true, signal });
    addEventListener('resize', () => {
      this.#height = 0;
      this.draw();
    }, { signal });
    this.#body.addEventListener('keydown', (event) => this.#step(event));
  }

  /** @param {readonly Job[]} jobs */
  show(jobs) {
    this.#jobs = jobs;
    this.draw();
  }

  draw() {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
    });
  }

  stop() {
    this.#over.abort();
    cancelAnimationFrame(this.#frame);
  }

  #draw() {
    if (!this.element.offsetParent) return;
    mark(this.element, 'aria-rowcount', this.#jobs.length + 1);
    const height = (this.#height ||= this.#measure());
    this.#body.style.blockSize = `${this.#jobs.length * height}px`;
    const top = this.#body.getBoundingClientRect().top;
    const from = Math.max(0, Math.floor(-top / height) - MARGIN);
    const to = Math.min(this.#jobs.length, Math.ceil((innerHeight - top) / height) + MARGIN);
    this.#place(from, to, height);
  }

  /**
   * @param {number} from
   * @param {number} to
   * @param {number} height
   */
  #place(from, to, height) {
    const now = Date.now();
    const second = Math.floor(now / 1000);
    const wanted = new Set(this.#jobs.slice(from, to).map((job) => job.jobId));
    const focused = [...this.#shown.values()].find(({ row }) => row.contains(document.activeElement))?.row;
    for (const [id, { row }] of this.#shown) {
      if (!wanted.has(id)) {
        this.#shown.delete(id);
        row.remove();
      }
    }
    let next = this.#body.firstChild;
    for (let index = from; index < to; index++) {
      const job = this.#jobs[index];
      const shown = this.#shown.get(job.jobId) ?? this.#add(job.jobId);
      const { row } = shown;
      // An element that is moved loses the focus.
      while (row === focused && next && next !== row) {
        const other = next;
        next = other.nextSibling;
        this.#body.append(other);
      }
      if (next === row) next = row.nextSibling;
      else this.#body.insertBefore(row, next);
      row.style.transform = `translateY(${index * height}px)`;
      mark(row, 'aria-rowindex', index + 2);
      if (shown.job !== job || shown.at !== second) {
        this.#columns.forEach(({ fill }, column) => fill(/** @type {HTMLElement} */ (row.children[column]), job, now));
        [shown.job, shown.at] = [job, second];
      }
    }
  }

  /** @param {string} id */
  #add(id) {
    const row = element('div.row', { role: 'row' }, ...this.#columns.map(({ make }) => make()));
    const shown = { row, job: undefined, at: 0 };
    this.#shown.set(id, shown);
    return shown;
  }

  #measure() {
    const probe = element('div.row');
    this.#body.append(probe);
    const height = probe.offsetHeight;
    probe.remove();
    return Math.max(1, height);
  }

  /** @param {KeyboardEvent} event the arrow keys move from job to job */
  #step(event) {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const at = [...this.#shown].find(([, { row }]) => row.contains(document.activeElement));
    if (!by || !at) return;
    const index = this.#jobs.findIndex((job) => job.jobId === at[0]) + by;
    const job = this.#jobs[index];
    if (!job) return;
    event.preventDefault();
    if (!this.#shown.has(job.jobId)) {
      scrollBy({ top: by * this.#height, behavior: 'instant' });
      this.#draw();
    }
    const row = this.#shown.get(job.jobId)?.row;
    row?.querySelector('a')?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: 'nearest', behavior: 'instant' });
  }
}
