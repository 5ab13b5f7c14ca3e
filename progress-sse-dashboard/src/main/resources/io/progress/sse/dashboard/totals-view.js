// The totals of each kind of job, computed from the running jobs and those ended jobs that the server keeps.

import { amountOf, momentOf, shareOf, timeOf } from './cells.js';
import { element } from './dom.js';
import { totals } from './jobs.js';

/** @import { List } from './source.js' */

const COLUMNS = ['Kind', 'Running', 'Ended', 'Failed', 'Failed, share', 'Half take at most', '95 % take at most'];

export class TotalsView {
  #rows = element('tbody');
  #caption = element('caption');
  element = element('section', { 'aria-label': 'Totals' }, element('div.scroller', { tabindex: 0, role: 'region', 'aria-label': 'Totals by kind' },
    element('table', {}, this.#caption,
      element('thead', {}, element('tr', {}, ...COLUMNS.map((label) => element('th', { scope: 'col' }, label)))), this.#rows)));

  /**
   * @param {List} ended
   * @param {List} running
   */
  update(ended, running) {
    const oldest = ended.jobs.at(-1)?.createdAt;
    this.#caption.textContent = `Of the ${ended.more ? 'newest ' : ''}${amountOf(ended.jobs.length)} jobs that have ended and are kept`
      + `${oldest ? `, since ${momentOf(oldest)}` : ''}. Times are those of jobs that were done; cancelled jobs count as neither done nor failed.`;
    this.#rows.replaceChildren(...totals(ended.jobs, running.jobs).map((total) => element('tr', {},
      element('th', { scope: 'row', dir: 'auto' }, total.name),
      ...[amountOf(total.running), amountOf(total.count), amountOf(total.failed), shareOf(total.failureShare), timeOf(total.p50), timeOf(total.p95)]
        .map((text) => element('td', {}, text)))));
  }

  tick() {}

  stop() {}
}
