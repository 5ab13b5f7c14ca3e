// Reads the state of jobs, and why there is no stream of them.

import { positionIn } from './channel.js';
import { ENDS } from './state.js';

/** @import { Settings, Task } from './connection.js' */
/** @import { Problem } from './state.js' */

/**
 * @typedef {object} Answer
 * @property {boolean} ok whether there is such a job, or may be soon
 * @property {any} [body] where it stands; absent if that is known
 * @property {string} tag of this status
 * @property {number} pause how long the server asks to wait, in milliseconds; 0 if it does not
 * @property {Problem} problem
 * @property {boolean} over whether it is of no use to ask again
 */

/** @type {{[status: number]: Problem['reason']}} */
const REASONS = { 401: 'unauthorized', 403: 'forbidden', 404: 'not-found' };
/** After so many milliseconds there is no answer. */
const TIME = 15_000;
const TEMPORARY = [408, 425, 429];

/**
 * @param {Task} task
 * @param {Settings} settings
 * @param {string} tag of the status that is known
 * @param {number} deadline until then a job that is not there may come
 * @returns {Promise<Answer>}
 */
export async function ask(task, { statusUrl, headers, credentials = 'same-origin' }, tag, deadline) {
  const url = new URL(statusUrl ?? (await task.url()), globalThis.location?.href);
  const own = new Headers(typeof headers === 'function' ? await headers() : headers);
  own.set('accept', 'application/json');
  if (tag) own.set('if-none-match', tag);
  const response = await fetch(url, { headers: own, credentials, cache: 'no-store', signal: AbortSignal.timeout(TIME) });
  const { status, headers: said } = response;
  const isJson = /\bjson\b/.test(said.get('content-type') ?? '');
  const body = isJson && (await response.json().catch(() => null));
  // An address that knows streams only.
  if (!isJson) response.body?.cancel().catch(() => {});
  const over = status >= 400 && status < 500 && !TEMPORARY.includes(status);
  return {
    ok: status === 200 || status === 304 || (status === 404 && !task.cursor() && Date.now() < deadline),
    body: status === 200 && body,
    tag: said.get('etag') ?? '',
    pause: 1000 * Number(said.get('retry-after')) || 0,
    problem: { reason: REASONS[status] ?? (over ? 'refused' : 'server'), status, title: body ? body.title : undefined },
    over,
  };
}

/**
 * Passes the states on to the jobs.
 *
 * @param {Task} task
 * @param {Answer} answer
 * @param {boolean} goesOn whether the stream will tell of an end, and of what was before it
 */
export function tell(task, { body, tag }, goesOn) {
  if (task.listed) return task.listed(body, goesOn);
  for (const data of [body].flat()) {
    const key = task.keyOf(data);
    const job = task.jobs.get(key);
    const progress = task.read(job, data, '');
    const position = positionIn(tag.split(/["~]/).find((part) => part.startsWith(`${key}:`)) ?? (body === data ? tag : ''));
    if (progress && !(goesOn && ENDS[`${progress.state}`])) job?.status(progress, data, position);
  }
}
