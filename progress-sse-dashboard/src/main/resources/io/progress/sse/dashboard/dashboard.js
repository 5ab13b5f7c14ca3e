// The page: selects the view and polls the lists that it needs.

import { say } from './dom.js';
import { JobView } from './job-view.js';
import { ListView } from './list-view.js';
import { JobList, MOST, pause, Refusal, repeat } from './source.js';
import { TotalsView } from './totals-view.js';

/** @import { List } from './source.js' */

/** The list of ended jobs is read when a job has left the list of running jobs, and at this interval. */
const ENDED_PAUSE = 10_000;

/** @template {HTMLElement} E @param {string} id @returns {E} */
const byId = (id) => /** @type {E} */ (document.getElementById(id));

const { cancel, limit } = document.body.dataset;
const main = byId('view');
const button = byId('pause');
const pageSize = Math.max(1, Number(limit) || 50);
const sources = {
  running: new JobList({ state: 'queued,running,lost' }, pageSize),
  ended: new JobList({ state: 'done,failed,cancelled' }, pageSize, MOST / 2),
};
/** The newest lists of the server; empty before its first answer. @type {{running?: List, ended?: List}} */
const lists = {};
let paused = false;
/** @type {ListView | TotalsView | JobView} */
let view;
let kind = '';
let jobId = '';

/** @param {unknown} error the failure; undefined if there is none */
function tell(error) {
  const status = error instanceof Refusal ? error.status : 0;
  const words = !error ? '' : status === 401 ? 'You are signed out: load this page again.'
    : status === 403 || status === 404 ? 'You may not list these jobs.' : 'The server does not answer; trying again.';
  say(byId('news'), words);
  document.body.classList.toggle('stale', Boolean(error));
}

/**
 * @param {'running' | 'ended'} name
 * @param {AbortSignal} signal
 */
async function load(name, signal) {
  try {
    lists[name] = await sources[name].load(signal);
    tell(null);
  } catch (error) {
    if (!signal.aborted) tell(error);
    throw error;
  }
  update();
}

function update() {
  const { running, ended } = lists;
  say(byId('running-count'), running?.jobs.length ? String(running.jobs.length) + (running.more ? '+' : '') : '');
  if (view instanceof TotalsView) {
    if (running && ended) view.update(ended, running);
  } else if (view instanceof JobView) view.update([...running?.jobs ?? [], ...ended?.jobs ?? []].find((job) => job.jobId === jobId), Boolean(running && ended));
  else view.update(kind === 'ended' ? ended : running);
}

/** Shows the view that the URL's fragment names. */
function route() {
  const [name, id = ''] = location.hash.slice(1).split('/');
  view?.stop();
  const first = !kind;
  [kind, jobId] = [name === 'job' && id ? 'job' : ['ended', 'totals'].includes(name) ? name : 'running', id];
  view = kind === 'job' ? new JobView(id, cancel === 'true', pageSize) : kind === 'totals' ? new TotalsView() : new ListView(/** @type {any} */ (kind));
  main.replaceChildren(view.element);
  document.querySelectorAll('nav a').forEach((link) => {
    if (link.getAttribute('href') === `#${kind}`) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  });
  scrollTo({ top: 0 });
  if (!first) main.focus({ preventScroll: true });
  update();
}

addEventListener('hashchange', route);
route();

const ends = repeat((signal) => load('ended', signal), ENDED_PAUSE);
repeat(async (signal) => {
  const before = lists.running?.jobs ?? [];
  await load('running', signal);
  const now = new Set(lists.running?.jobs.map((job) => job.jobId));
  if (before.some((job) => !now.has(job.jobId))) ends.now();
});
setInterval(() => !paused && !document.hidden && view.tick(), 1000);

button.addEventListener('click', () => {
  paused = !paused;
  button.setAttribute('aria-pressed', String(paused));
  pause(paused);
});
