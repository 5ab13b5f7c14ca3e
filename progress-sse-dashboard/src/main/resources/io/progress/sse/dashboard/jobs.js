// Computes with jobs: which need attention, which match a filter, their order and their totals. Uses neither DOM nor network.

/**
 * A job of the server's list.
 *
 * @typedef {import('../client.js').JobState & {owner?: string, createdAt?: string, node?: string, viewers?: number}} Job `viewers`: open
 *   streams of the server that answers
 */

/** @typedef {{text: string, name: string, look: string}} Filter an empty member matches all */

const ENDS = ['done', 'failed', 'cancelled'];

/** @param {Job} job */
export const hasEnded = (job) => ENDS.includes(job.state);

/**
 * Returns the state of a job, or `stalled`.
 *
 * @param {Job} job
 */
export const lookOf = (job) => (job.state === 'running' && job.stalled ? 'stalled' : job.state);

/** @param {Job} job */
export const needsAttention = (job) => ['lost', 'stalled'].includes(lookOf(job));

/**
 * @param {Job} job
 * @param {number} now in milliseconds
 */
export const ageOf = (job, now) => (job.createdAt ? Math.max(0, now - Date.parse(job.createdAt)) : undefined);

/**
 * Returns the time from start to end, or to now if the job has not ended.
 *
 * @param {Job} job
 * @param {number} now in milliseconds
 */
export const lengthOf = (job, now) => (hasEnded(job) ? job.durationMs : ageOf(job, now));

/**
 * Returns the time left, which also falls between events.
 *
 * @param {Job} job
 * @param {number} now in milliseconds
 */
export function leftOf(job, now) {
  if (job.state !== 'running' || job.stalled || job.etaMs === undefined || !job.occurredAt) return undefined;
  return Math.max(1000, job.etaMs - Math.max(0, now - Date.parse(job.occurredAt)));
}

/**
 * @param {Job} job
 * @param {Filter} filter
 */
export function matches(job, { text, name, look }) {
  if (name && job.job !== name) return false;
  if (look && (look === 'attention' ? !needsAttention(job) : lookOf(job) !== look)) return false;
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.length) return true;
  const said = [job.jobId, job.job, job.owner, job.node, job.phase, job.message, job.error?.message, job.error?.code].filter(Boolean).join('\n').toLowerCase();
  return words.every((word) => said.includes(word));
}

/** @type {Record<string, (job: Job) => number | string | undefined>} sorted from the smallest; unknown values come last */
const ORDERS = {
  attention: (job) => (lookOf(job) === 'lost' ? 0 : lookOf(job) === 'stalled' ? 1 : 2),
  newest: () => 0,
  oldest: (job) => job.createdAt,
  name: (job) => job.job,
  owner: (job) => job.owner,
  node: (job) => job.node,
  progress: (job) => job.progress,
  rate: (job) => job.ratePerSecond && -job.ratePerSecond,
  left: (job) => job.etaMs,
  longest: (job) => job.durationMs && -job.durationMs,
};

/**
 * @param {readonly Job[]} jobs newest first; jobs that are equal keep this order
 * @param {string} order
 */
export function sorted(jobs, order) {
  const key = ORDERS[order] ?? ORDERS.newest;
  return jobs.map((job) => ({ job, key: key(job) }))
    .sort((a, b) => (a.key === b.key ? 0 : a.key === undefined ? 1 : b.key === undefined ? -1 : a.key < b.key ? -1 : 1))
    .map(({ job }) => job);
}

/** @param {Iterable<Job>} jobs */
export const namesOf = (jobs) => [...new Set([...jobs].map((job) => job.job ?? ''))].filter(Boolean).sort();

/**
 * Returns a percentile: the smallest value that this share of the values does not exceed. It is always one of the values.
 *
 * @param {readonly number[]} values
 * @param {number} share from 0 to 1
 */
export function percentile(values, share) {
  const ordered = [...values].sort((a, b) => a - b);
  return ordered[Math.max(0, Math.ceil(share * ordered.length) - 1)];
}

/**
 * @typedef {object} Total
 * @property {string} name
 * @property {number} running
 * @property {number} count of those that have ended
 * @property {number} failed
 * @property {number | undefined} failureShare of those that were not cancelled; absent if there are none
 * @property {number | undefined} p50 of durations in milliseconds; absent if none is known
 * @property {number | undefined} p95
 */

/**
 * Returns the totals of each kind of job.
 *
 * @param {readonly Job[]} ended
 * @param {readonly Job[]} running
 * @returns {Total[]} by name
 */
export function totals(ended, running) {
  return namesOf([...ended, ...running]).map((name) => {
    const ends = ended.filter((job) => job.job === name);
    const failed = ends.filter((job) => job.state === 'failed').length;
    const judged = ends.filter((job) => job.state !== 'cancelled').length;
    const durations = ends.filter((job) => job.state === 'done').flatMap((job) => (job.durationMs === undefined ? [] : [job.durationMs]));
    return {
      name,
      running: running.filter((job) => job.job === name).length,
      count: ends.length,
      failed,
      failureShare: judged ? failed / judged : undefined,
      p50: percentile(durations, 0.5),
      p95: percentile(durations, 0.95),
    };
  });
}
