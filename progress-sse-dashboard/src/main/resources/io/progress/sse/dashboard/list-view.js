// A list of jobs with its search and filters.

import { RUNNING, ENDED, wordFor } from './cells.js';
import { element, say } from './dom.js';
import { matches, namesOf, needsAttention, lookOf, sorted } from './jobs.js';
import { Rows } from './rows.js';

/** @import { Job } from './jobs.js' */
/** @import { List } from './source.js' */

const VIEWS = {
  running: {
    columns: RUNNING, label: 'Running jobs', looks: ['attention', 'queued', 'running', 'stalled', 'lost'],
    orders: { attention: 'lost and stalled first', newest: 'newest first', oldest: 'oldest first', progress: 'least progress first',
      left: 'least time left first', rate: 'fastest first', name: 'by kind', owner: 'by owner', node: 'by node' },
    none: 'No job is running.',
  },
  ended: {
    columns: ENDED, label: 'Jobs that have ended', looks: ['done', 'failed', 'cancelled'],
    orders: { newest: 'newest first', longest: 'longest first', name: 'by kind', owner: 'by owner' },
    none: 'No job has ended lately.',
  },
};

/**
 * @param {string} label
 * @param {HTMLElement} control
 */
const field = (label, control) => element('div.field', {}, element('label', { for: control.id }, label), control);

/** Search and filters of each list, kept while the page is open. @type {Record<string, {text: string, name: string, look: string, order: string}>} */
const remembered = {};

export class ListView {
  /** @type {List} */
  #list = { jobs: [], more: false };
  /** @type {Job[]} */
  #found = [];
  #rows;
  #settings;
  #view;
  #count = element('output', { dir: 'auto', for: 'search kind look' });
  #empty = element('p.empty', { hidden: true });
  #attention = /** @type {HTMLButtonElement} */ (element('button.attention', { type: 'button', dir: 'auto', hidden: true, onclick: () => this.#setLook('attention') }));
  #names = /** @type {HTMLSelectElement} */ (element('select', { id: 'kind' }));
  #looks = /** @type {HTMLSelectElement} */ (element('select', { id: 'look' }));
  element;

  /** @param {'running' | 'ended'} kind */
  constructor(kind) {
    this.#view = VIEWS[kind];
    this.#settings = (remembered[kind] ??= { text: '', name: '', look: '', order: Object.keys(this.#view.orders)[0] });
    this.#rows = new Rows(this.#view.columns, this.#view.label, kind);
    const { text, order, look } = this.#settings;
    const search = /** @type {HTMLInputElement} */ (element('input', { id: 'search', type: 'search', autocomplete: 'off', spellcheck: 'false',
      placeholder: 'id, kind, owner, node, words' }));
    search.value = text;
    const orders = /** @type {HTMLSelectElement} */ (element('select', { id: 'order' },
      ...Object.entries(this.#view.orders).map(([value, label]) => element('option', { value }, label))));
    orders.value = order;
    this.#looks.append(element('option', { value: '' }, 'all'), ...this.#view.looks.map((value) => element('option', { value },
      value === 'attention' ? 'lost or stalled' : wordFor(value).toLowerCase())));
    this.#looks.value = look;
    this.#fillNames();
    search.addEventListener('input', () => this.#set({ text: search.value }));
    orders.addEventListener('change', () => this.#set({ order: orders.value }));
    this.#looks.addEventListener('change', () => this.#set({ look: this.#looks.value }));
    this.#names.addEventListener('change', () => this.#set({ name: this.#names.value }));
    this.element = element('section', { 'aria-label': this.#view.label },
      element('form.tools', { role: 'search', onsubmit: (/** @type {Event} */ event) => event.preventDefault() },
        field('Search', search), field('Kind', this.#names), field('State', this.#looks), field('Order', orders),
        element('p', {}, this.#count), this.#attention),
      this.#empty, this.#rows.element);
  }

  /** @param {List | undefined} list undefined before the server's first answer */
  update(list) {
    if (!list) return;
    this.#list = list;
    this.#fillNames();
    this.#refresh();
  }

  tick() {
    this.#rows.draw();
  }

  stop() {
    this.#rows.stop();
  }

  /** @param {string} look */
  #setLook(look) {
    this.#looks.value = look;
    this.#looks.focus();
    this.#set({ look });
  }

  /** @param {Partial<{text: string, name: string, look: string, order: string}>} change */
  #set(change) {
    Object.assign(this.#settings, change);
    scrollTo({ top: 0 });
    this.#refresh();
  }

  #refresh() {
    const { jobs, more } = this.#list;
    this.#found = sorted(jobs.filter((job) => matches(job, this.#settings)), this.#settings.order);
    this.#rows.show(this.#found);
    const all = more ? `the newest ${jobs.length}` : String(jobs.length);
    say(this.#count, this.#found.length === jobs.length ? `${all} jobs` : `${this.#found.length} of ${all} jobs`);
    this.#empty.hidden = this.#found.length > 0;
    this.#rows.element.hidden = this.#found.length === 0;
    say(this.#empty, jobs.length ? 'No job matches.' : this.#view.none);
    const troubled = jobs.filter(needsAttention);
    const lost = troubled.filter((job) => lookOf(job) === 'lost').length;
    this.#attention.hidden = troubled.length === 0;
    say(this.#attention, [lost && `${lost} lost`, troubled.length > lost && `${troubled.length - lost} stalled`].filter(Boolean).join(', '));
  }

  #fillNames() {
    const { name } = this.#settings;
    const names = ['', ...new Set([...namesOf(this.#list.jobs), name].filter(Boolean))];
    if (names.length === this.#names.options.length && names.every((each, index) => this.#names.options[index].value === each)) return;
    this.#names.replaceChildren(...names.map((each) => element('option', { value: each }, each || 'all')));
    this.#names.value = name;
  }
}
