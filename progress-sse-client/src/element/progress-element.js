import { watch } from '../client.js';
import en from '../texts/en.js';
import { Announcer } from './announcer.js';
import { Base } from './base.js';
import { load, textsOf } from './languages.js';
import { View } from './view.js';
import { describe, fill } from './words.js';

/** @typedef {import('../client.js').JobState} JobState */
/** @typedef {import('../client.js').JobWatch} JobWatch */
/** @typedef {import('./words.js').Texts} Texts */

/** The state that is shown before the first event. */
const NOTHING = /** @type {JobState} */ ({
  jobId: '', state: 'waiting', ended: false, phases: [], notes: [], connection: 'connecting', problem: null,
});

/** @type {[string, keyof Texts][]} */
const TEXT_ATTRIBUTES = Object.keys(en)
  .map((key) => [`text-${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`, /** @type {keyof Texts} */ (key)]);

/**
 * `<progress-sse job="…">`: a job's bar, its words, and a button that stops it.
 *
 * Attributes: `job` or `src` (URL of a stream) say what is watched; `base` and `format` go to `watch`; `label` wins over
 * the job's name; `no-cancel` leaves the button out; `text-…` replace single texts (`text-done="Printed"`). The element
 * sets `state` to what it shows, so that style sheets can select it, and shows those of its children whose `slot` is
 * that state.
 *
 * Events, with the job's state as `detail`, bubbling: `progress` for each change; `done`, `failed`, `cancelled` or
 * `unknown` at the end; `refused`, with an error as `detail`, where a form's work was not taken.
 */
export class ProgressSseElement extends Base {

  static observedAttributes = ['job', 'src', 'base', 'format', 'label', 'lang', 'no-cancel', ...TEXT_ATTRIBUTES.map(([name]) => name)];

  /** @type {View} */
  #view;

  #announcer = new Announcer((sentence) => {
    this.#view.announcer.textContent = sentence;
  });

  /** @type {?JobWatch} */
  #watch = null;

  /** Whether this element began to watch, and so ends it. */
  #own = false;

  /** @type {() => void} */
  #unsubscribe = () => {};

  /** @type {Partial<Texts>} */
  #texts = {};

  /** @type {?JobState} */
  #refusal = null;

  #cancelling = false;

  /** Whether the server lets this job be cancelled. */
  #cancellable = false;

  #ended = false;

  /** @type {ReturnType<typeof setInterval>|undefined} */
  #clock;

  constructor() {
    super();
    this.#view = new View(this.attachShadow({ mode: 'open' }));
    this.#view.button.addEventListener('click', () => void this.cancel());
  }

  /** The watch that is shown. One that is set is not closed by the element. */
  get watch() {
    return this.#watch;
  }

  set watch(watch) {
    this.#follow(watch, false);
  }

  /** The job's state; `null` while nothing is watched. */
  get snapshot() {
    return this.#refusal ?? this.#watch?.getSnapshot() ?? null;
  }

  /**
   * Shows that there is no job, since the server did not take the work.
   *
   * @param {Error & {status?: number, problem?: ?{title?: string, detail?: string}}} error
   */
  refuse(error) {
    this.#leave();
    this.#refusal = refusalOf(error);
    this.#render();
    this.dispatchEvent(new CustomEvent('refused', { detail: error, bubbles: true, composed: true }));
  }

  /** Replaces texts of all languages. */
  get texts() {
    return this.#texts;
  }

  set texts(texts) {
    this.#texts = texts;
    this.#render();
  }

  /**
   * Asks for the job to stop.
   *
   * @returns {Promise<boolean>} whether it was asked; the job's end says when it has stopped
   */
  async cancel() {
    if (this.#watch === null || this.#cancelling) {
      return false;
    }
    this.#cancelling = true;
    this.#render();
    const asked = await this.#watch.cancel().catch(() => false);
    this.#cancelling = asked;
    this.#cancellable = asked;
    this.#render();
    return asked;
  }

  connectedCallback() {
    this.#takeEarlyProperties();
    if (this.#watch === null || this.#own) {
      this.#begin();
    } else {
      this.#follow(this.#watch, false);
    }
  }

  disconnectedCallback() {
    // An element that is moved is taken out and put in again at once: its stream stays open.
    queueMicrotask(() => {
      if (!this.isConnected) {
        this.#leave();
      }
    });
  }

  /**
   * @param {string} name
   * @param {?string} before
   * @param {?string} now
   */
  attributeChangedCallback(name, before, now) {
    if (before === now || !this.isConnected) {
      return;
    }
    if (['job', 'src', 'base', 'format'].includes(name)) {
      this.#leave();
      this.#watch = null;
      this.#refusal = null;
      this.#begin();
    } else {
      this.#render();
    }
  }

  /** Properties that were set before there was a class for the element. */
  #takeEarlyProperties() {
    for (const name of /** @type {const} */ (['watch', 'texts'])) {
      const early = Object.getOwnPropertyDescriptor(this, name)?.value;
      if (early !== undefined) {
        delete (/** @type {any} */ (this))[name];
        this[name] = early;
      }
    }
  }

  #begin() {
    const target = this.getAttribute('src') ?? this.getAttribute('job');
    if (this.#watch !== null && this.#clock !== undefined) {
      return;
    }
    if (!target || this.#refusal) {
      this.#render();
      return;
    }
    const options = { base: this.getAttribute('base') ?? undefined, format: this.getAttribute('format') ?? undefined };
    this.#follow(watch(target, /** @type {import('../client.js').WatchOptions} */ (options)), true);
  }

  /**
   * @param {?JobWatch} watch
   * @param {boolean} own
   */
  #follow(watch, own) {
    if (watch !== this.#watch) {
      this.#leave();
      this.#refusal = null;
      this.#cancelling = this.#cancellable = this.#ended = false;
      void this.#askWhetherCancellable(watch);
    }
    this.#unsubscribe();
    this.#watch = watch;
    this.#own = own;
    if (!this.isConnected) {
      return;
    }
    this.#unsubscribe = watch?.subscribe(() => this.#hear()) ?? (() => {});
    clearInterval(this.#clock);
    this.#clock = setInterval(() => this.#render(), 1000);
    this.#hear();
  }

  /** @param {?JobWatch} watch */
  async #askWhetherCancellable(watch) {
    const cancellable = await watch?.cancellable().catch(() => false);
    if (watch === this.#watch) {
      this.#cancellable = cancellable === true;
      this.#render();
    }
  }

  #leave() {
    clearInterval(this.#clock);
    this.#clock = undefined;
    this.#unsubscribe();
    this.#unsubscribe = () => {};
    if (this.#own) {
      this.#watch?.close();
      this.#watch = null;
    }
  }

  #hear() {
    this.#render();
    const state = this.snapshot;
    if (state === null) {
      return;
    }
    this.dispatchEvent(new CustomEvent('progress', { detail: state, bubbles: true, composed: true }));
    if (state.ended && !this.#ended) {
      this.#ended = true;
      this.dispatchEvent(new CustomEvent(state.state, { detail: state, bubbles: true, composed: true }));
    }
  }

  #render() {
    const language = /** @type {?HTMLElement} */ (this.closest('[lang]'))?.lang || document.documentElement.lang || 'en';
    const found = textsOf(language);
    if (found === null) {
      load(language).then(() => this.#render());
      return;
    }
    const state = this.snapshot ?? NOTHING;
    const texts = { ...found.texts, ...this.#texts, ...this.#textsOfAttributes() };
    const words = describe(state, { texts, lang: found.lang, label: this.getAttribute('label'), cancelling: this.#cancelling });
    this.setAttribute('state', words.look);
    this.#view.show(words, state);
    this.#view.showButton(this.#cancellable && !state.ended && !this.hasAttribute('no-cancel')
      ? { text: texts.cancel, name: fill(texts.cancelJob, { job: words.label }), disabled: this.#cancelling } : null);
    this.#announcer.hear({ ended: state.ended, fraction: state.progress, phase: state.phase, notice: words.notice },
      `${words.label}: ${words.sentence}`);
    if (state.ended) {
      clearInterval(this.#clock);
    }
  }

  /** @returns {Partial<Texts>} */
  #textsOfAttributes() {
    /** @type {Partial<Texts>} */
    const texts = {};
    for (const [name, key] of TEXT_ATTRIBUTES) {
      const text = this.getAttribute(name);
      if (text !== null) {
        texts[key] = text;
      }
    }
    return texts;
  }
}

/**
 * @param {Error & {status?: number, problem?: ?{title?: string, detail?: string}}} error
 * @returns {JobState}
 */
function refusalOf({ status = 0, problem }) {
  const said = problem?.detail || problem?.title;
  return /** @type {JobState} */ (said
    ? { ...NOTHING, state: 'failed', ended: true, error: { code: 'refused', message: said } }
    : { ...NOTHING, state: 'unknown', ended: true, problem: { reason: status ? 'refused' : 'network', status } });
}
