// The page of one job. It uses the same client as the pages of the application.

import { cancel, watch } from '../client.js';
import { amountOf, CHILDREN, fillBar, makeBar, momentOf, rateOf, shareOf, textOf, timeOf, wordFor } from './cells.js';
import { Chart } from './chart.js';
import { element, mark, say } from './dom.js';
import { hasEnded, leftOf, lengthOf, lookOf, sorted } from './jobs.js';
import { Rows } from './rows.js';
import { JobList, MOST, repeat } from './source.js';

/** @import { Job } from './jobs.js' */

const PROBLEMS = { unauthorized: 'You are signed out.', 'not-found': 'There is no such job, or it is not kept any more.' };

const MISSING = 'No list has this job: it may come, or it is not kept any more.';

export class JobView {
  #id;
  #cancellable;
  /** @type {Job | undefined} the job of the list; owner and age are not on the stream */
  #listed;
  #watch;
  #charts = { progress: new Chart('Progress'), rate: new Chart('Rate') };
  #chartSection = element('section', { hidden: true }, element('h3', {}, 'Numbers'),
    this.#charts.progress.element, this.#charts.rate.element);
  #children = new Rows(CHILDREN, 'Children', 'children');
  #childrenTitle = element('h3');
  #childrenSection = element('section', { hidden: true }, this.#childrenTitle, this.#children.element);
  #search;
  #parts = {
    title: element('h2', { dir: 'auto' }), badge: element('span.badge'), id: element('code', { dir: 'ltr' }), bar: makeBar(''),
    percent: element('span.percent'), text: element('p.said', { dir: 'auto' }), problem: element('p.problem', { hidden: true }), facts: element('dl.facts'),
    phases: element('ol.phases'), notes: element('ol.notes'), data: element('pre', { tabindex: 0, 'aria-label': 'Data' }),
    result: element('pre', { tabindex: 0, 'aria-label': 'Result' }),
  };
  #cancel = element('button', { type: 'button', hidden: true, onclick: () => this.#askToStop() }, 'Cancel this job');
  #asked = false;
  /** Whether no list contains the job. */
  #missing = false;
  element;

  /**
   * @param {string} id
   * @param {boolean} cancellable whether the server lets jobs be cancelled
   * @param {number} pageSize how many jobs to ask for at a time
   */
  constructor(id, cancellable, pageSize) {
    this.#id = id;
    this.#cancellable = cancellable;
    const { title, badge, id: code, bar, percent, text, problem, facts, phases, notes, data, result } = this.#parts;
    this.element = element('article.job-page', { 'aria-label': 'Job' },
      element('div.title', {}, title, badge), element('p', {}, code),
      element('div.big', {}, bar, percent), text, problem, this.#cancel, facts, this.#childrenSection,
      element('section', {}, element('h3', {}, 'Phases'), phases),
      element('section', {}, element('h3', {}, 'Notes'), notes),
      this.#chartSection,
      element('section', {}, element('h3', {}, 'Data'), data), element('section', {}, element('h3', {}, 'Result'), result));
    this.#watch = watch(id, { onProgress: (_, event) => this.#collect(event), onChange: () => this.tick(), onError: console.error });
    const children = new JobList({ parent: id }, pageSize, MOST / 2);
    this.#search = repeat(async (signal) => this.#showChildren(await children.load(signal)));
    say(code, id);
    this.tick();
  }

  /**
   * @param {Job | undefined} listed
   * @param {boolean} complete whether all lists have been read
   */
  update(listed, complete) {
    this.#listed = listed ?? this.#listed;
    this.#missing = complete && !this.#listed;
    this.tick();
  }

  stop() {
    this.#watch.close();
    this.#search.stop();
    this.#children.stop();
  }

  /** @param {import('./source.js').List} list */
  #showChildren({ jobs, more }) {
    this.#childrenSection.hidden = jobs.length === 0;
    say(this.#childrenTitle, `Children (${more ? 'the newest ' : ''}${amountOf(jobs.length)})`);
    this.#children.show(sorted(jobs, 'attention'));
  }

  /** @param {any} event the event as the server sent it; the state that is shown may be older */
  #collect({ occurredAt, progress, ratePerSecond }) {
    const time = Date.parse(occurredAt ?? '');
    if (progress !== undefined) this.#charts.progress.add(time, progress);
    if (ratePerSecond !== undefined) this.#charts.rate.add(time, ratePerSecond);
  }

  tick() {
    const state = this.#watch.getSnapshot();
    // Until the stream is open, the job's state comes from the list.
    const job = /** @type {Job} */ ({ ...this.#listed, ...(state.state === 'waiting' || state.state === 'unknown' ? {} : state), jobId: this.#id });
    const known = job.state !== undefined;
    const { title, badge, bar, percent, text, problem, data, result } = this.#parts;
    say(title, job.job ?? 'Job');
    say(badge, known ? wordFor(lookOf(job)) : '');
    badge.hidden = !known;
    mark(badge, 'data-look', known ? lookOf(job) : null);
    /** @type {HTMLElement} */ (bar.parentElement).hidden = !known;
    if (known) fillBar(bar, job);
    say(percent, shareOf(job.state === 'done' ? 1 : job.progress));
    say(text, textOf(job));
    const trouble = /** @type {Record<string, string>} */ (PROBLEMS)[state.problem?.reason ?? ''] 
      ?? (state.problem ? 'The server does not answer; trying again.' : this.#missing && state.state === 'waiting' ? MISSING : undefined);
    problem.hidden = !trouble;
    say(problem, trouble ?? '');
    this.#cancel.hidden = !this.#cancellable || !known || hasEnded(job);
    this.#facts(job);
    this.#timeLine(state, job);
    this.#draw();
    this.#children.draw();
    for (const [pre, value] of /** @type {[HTMLElement, any][]} */ ([[data, job.data], [result, job.result]])) {
      /** @type {HTMLElement} */ (pre.parentElement).hidden = value === undefined;
      say(pre, value === undefined ? '' : JSON.stringify(value, null, 2));
    }
  }

  /** @param {Job} job */
  #facts(job) {
    const now = Date.now();
    const count = job.completed === undefined ? '' : job.total === undefined ? amountOf(job.completed, job.unit) : `${amountOf(job.completed)} of ${amountOf(job.total, job.unit)}`;
    /** @type {[string, string | Node][]} */
    const facts = [
      ['Owner', job.owner ?? ''], ['Node', job.node ?? ''], ['Viewers on this server', job.viewers === undefined ? '' : amountOf(job.viewers)], ['Attempt', job.attempt === undefined ? '' : amountOf(job.attempt)], ['Done', count], ['Rate', rateOf(job)],
      ['Left', timeOf(leftOf(job, now))], ['Began', momentOf(job.createdAt)],
      [hasEnded(job) ? 'Duration' : 'Age', timeOf(lengthOf(job, now))],
      ['Error', job.error?.code ?? ''], ['Part of', job.parent ? element('a', { href: `#job/${job.parent}` }, job.parent) : ''],
    ];
    const shown = facts.filter(([, value]) => value !== '');
    const list = this.#parts.facts;
    const same = list.children.length === shown.length && shown.every(([name], index) => list.children[index].firstChild?.textContent === name);
    if (!same) list.replaceChildren(...shown.map(([name, value]) => element('div', {}, element('dt', {}, name), element('dd', { dir: 'auto' }, value))));
    else shown.forEach(([, value], index) => typeof value === 'string' && say(/** @type {Node} */ (list.children[index].lastChild), value));
  }

  /**
   * @param {import('../client.js').JobState} state
   * @param {Job} job
   */
  #timeLine({ phases, notes }, job) {
    const end = hasEnded(job) && job.occurredAt ? Date.parse(job.occurredAt) : Date.now();
    const line = this.#parts.phases;
    const starts = phases.map(({ startedAt }) => (startedAt ? Date.parse(startedAt) : undefined));
    const whole = Math.max(1, end - (starts.find((start) => start !== undefined) ?? end));
    /** @type {HTMLElement} */ (line.parentElement).hidden = phases.length === 0;
    while (line.children.length > phases.length) line.lastChild?.remove();
    phases.forEach(({ name }, index) => {
      const item = /** @type {HTMLElement} */ (line.children[index]
        ?? line.appendChild(element('li', {}, element('span.name', { dir: 'auto' }), element('span.span'), element('span.length'))));
      const [start, next] = [starts[index], starts[index + 1] ?? end];
      const length = start === undefined ? undefined : Math.max(0, next - start);
      say(item.children[0], name);
      say(item.children[2], timeOf(length));
      /** @type {HTMLElement} */ (item.children[1]).style.setProperty('--share', String((length ?? 0) / whole));
    });
    const list = this.#parts.notes;
    /** @type {HTMLElement} */ (list.parentElement).hidden = notes.length === 0;
    if (list.children.length !== notes.length || list.lastChild?.lastChild?.textContent !== notes.at(-1)?.text) {
      list.replaceChildren(...notes.map(({ level, text }) => element('li', { 'data-level': level }, element('span.level', {}, level), element('span', { dir: 'auto' }, text))));
    }
  }

  #draw() {
    const { progress, rate } = this.#charts;
    this.#chartSection.hidden = progress.empty && rate.empty;
    progress.draw(1, shareOf);
    rate.draw(undefined, (value) => `${amountOf(value)}/s`);
  }

  async #askToStop() {
    if (!this.#asked) {
      this.#asked = true;
      say(this.#cancel, 'Yes, cancel this job');
      this.#cancel.classList.add('sure');
      return;
    }
    this.#cancel.setAttribute('disabled', '');
    const accepted = await cancel(this.#id).catch(() => false);
    say(this.#cancel, accepted ? 'The job was asked to stop' : 'The server did not accept that; try again');
    this.#asked = false;
    if (!accepted) this.#cancel.removeAttribute('disabled');
  }
}
