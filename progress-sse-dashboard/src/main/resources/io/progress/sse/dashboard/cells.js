// The columns of the lists. A cell is made once, and then filled for each job that it shows.

import { element, mark, say } from './dom.js';
import { ageOf, leftOf, lengthOf, lookOf } from './jobs.js';
import { percent, quantity, time } from '../element/numbers.js';

/** @import { Job } from './jobs.js' */

/**
 * @typedef {object} Column
 * @property {string} key
 * @property {string} label
 * @property {() => HTMLElement} make
 * @property {(cell: HTMLElement, job: Job, now: number) => void} fill
 */

const LANG = document.documentElement.lang || 'en';

const MOMENT = new Intl.DateTimeFormat(LANG, { dateStyle: 'medium', timeStyle: 'medium' });

const LOOKS = { queued: 'Queued', running: 'Running', stalled: 'Stalled', lost: 'Lost', done: 'Done', failed: 'Failed', cancelled: 'Cancelled' };

/** @param {string} look */
export const wordFor = (look) => /** @type {Record<string, string>} */ (LOOKS)[look] ?? look;

/** @param {number | undefined} ms */
export const timeOf = (ms) => (ms === undefined ? '' : ms < 1000 ? `${Math.round(ms)} ms` : time(LANG, ms / 1000));

/** @param {number | undefined} fraction rounded down */
export const shareOf = (fraction) => (fraction === undefined ? '' : percent(LANG, fraction));

/**
 * @param {number | undefined} value
 * @param {string} [unit]
 */
export const amountOf = (value, unit) => (value === undefined ? '' : quantity(LANG, value, unit));

/** @param {Job} job */
export const rateOf = (job) => (job.ratePerSecond && job.state === 'running' && !job.stalled ? `${amountOf(job.ratePerSecond, job.unit)}/s` : '');

/** @param {string | undefined} iso */
export const momentOf = (iso) => (iso ? MOMENT.format(new Date(iso)) : '');

/** @param {Job} job */
export const textOf = (job) => job.error?.message ?? [job.phase, job.message].filter(Boolean).join(' · ');

/** @param {string} label the accessible name of the bar */
export function makeBar(label) {
  return element('span.bar', { role: 'progressbar', 'aria-label': label, 'aria-valuemin': 0, 'aria-valuemax': 100 }, element('span.fill'));
}

/**
 * @param {HTMLElement} bar
 * @param {Job} job
 */
export function fillBar(bar, job) {
  const fraction = job.state === 'done' ? 1 : job.progress;
  const look = lookOf(job);
  mark(bar, 'data-look', fraction === undefined && look === 'running' ? 'unknown' : look);
  mark(bar, 'aria-valuenow', fraction === undefined ? null : Math.floor(fraction * 100 + 1e-9));
  mark(bar, 'aria-label', job.job ?? job.jobId);
  /** @type {HTMLElement} */ (bar.firstElementChild).style.setProperty('--fraction', String(fraction ?? 0));
}

/**
 * @param {string} key
 * @param {string} label
 * @param {(job: Job, now: number) => string} text
 * @returns {Column}
 */
function plain(key, label, text) {
  return {
    key, label, make: () => element(`span.${key}`, { role: 'cell', dir: 'auto' }),
    fill(cell, job, now) {
      const value = text(job, now);
      say(cell, value);
      mark(cell, 'title', value || null);
    },
  };
}

/** @type {Column} */
const JOB = {
  key: 'job', label: 'Job',
  make: () => element('span.job', { role: 'rowheader' }, element('a', { dir: 'auto' }), element('small', { dir: 'ltr' })),
  fill(cell, job) {
    const [link, id] = cell.children;
    say(link, job.job ?? 'Job');
    mark(link, 'href', `#job/${job.jobId}`);
    mark(link, 'aria-label', `${job.job ?? 'Job'}, ${job.jobId}`);
    say(id, job.jobId);
    mark(id, 'title', job.jobId);
  },
};

/** @type {Column} */
const STATE = {
  key: 'state', label: 'State',
  make: () => element('span.state', { role: 'cell' }, element('span.badge')),
  fill(cell, job) {
    const badge = /** @type {Element} */ (cell.firstElementChild);
    say(badge, wordFor(lookOf(job)));
    mark(badge, 'data-look', lookOf(job));
  },
};

/** @type {Column} */
const PROGRESS = {
  key: 'progress', label: 'Progress',
  make: () => element('span.progress', { role: 'cell' }, makeBar(''), element('span.percent')),
  fill(cell, job) {
    const [bar, number] = cell.children;
    fillBar(/** @type {HTMLElement} */ (bar), job);
    const look = lookOf(job);
    say(number, look === 'running' ? shareOf(job.progress) : wordFor(look));
    mark(number, 'data-look', look);
  },
};

const TEXT = plain('text', 'Phase and message', textOf);
const OWNER = plain('owner', 'Owner', (job) => job.owner ?? '');
const ATTEMPT = plain('attempt', 'Attempt', (job) => (job.attempt === undefined ? '' : amountOf(job.attempt)));

export const RUNNING = [
  JOB, PROGRESS, TEXT,
  plain('rate', 'Rate', rateOf),
  plain('left', 'Left', (job, now) => timeOf(leftOf(job, now))),
  OWNER, plain('node', 'Node', (job) => job.node ?? ''), ATTEMPT,
  plain('age', 'Age', (job, now) => timeOf(ageOf(job, now))),
];

export const CHILDREN = [JOB, PROGRESS, TEXT, plain('age', 'Time', (job, now) => timeOf(lengthOf(job, now)))];

export const ENDED = [
  JOB, STATE,
  plain('text', 'Why, or the last words', textOf),
  plain('duration', 'Duration', (job) => timeOf(job.durationMs)),
  OWNER, ATTEMPT,
  plain('at', 'Ended', (job) => momentOf(job.occurredAt)),
];
