// The element's shadow tree, and how words get into it.

import { styleSheet } from './style.js';

/** @typedef {import('./words.js').Words} Words */

const SVG = 'http://www.w3.org/2000/svg';

/** Strokes in a square of 24. A state is never told by colour alone. */
const ICONS = {
  done: 'M5 13l4.5 4.5L19 7.5',
  failed: 'M12 7v6m0 4v.01M12 2.5a9.5 9.5 0 1 0 .01 0',
  unknown: 'M9 9.5a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1.2-1.5 2.4M12 18v.01M12 2.5a9.5 9.5 0 1 0 .01 0',
  lost: 'M4 4l16 16M9 5h9a2 2 0 0 1 2 2v8m-4 4H6a2 2 0 0 1-2-2V8',
  cancelled: 'M5.5 5.5l13 13M12 2.5a9.5 9.5 0 1 0 .01 0',
  stalled: 'M9 6v12M15 6v12',
  reconnecting: 'M20 11A8 8 0 0 0 6 6.5L4 8.5M4 4v4.5h4.5M4 13a8 8 0 0 0 14 4.5l2-2m0 4.5v-4.5h-4.5',
};

export class View {

  /** @param {ShadowRoot} root */
  constructor(root) {
    root.adoptedStyleSheets = [styleSheet()];
    this.bar = part('div', 'bar', { role: 'progressbar', tabindex: '-1', 'aria-valuemin': '0', 'aria-valuemax': '100' });
    this.fill = part('div', 'fill');
    this.label = part('bdi', 'label');
    this.percent = part('span', 'percent', { 'aria-hidden': 'true' });
    this.text = part('bdi', 'text');
    this.notice = part('bdi', 'notice');
    this.count = part('bdi', 'count');
    this.rate = part('bdi', 'rate');
    this.left = part('bdi', 'left');
    this.button = /** @type {HTMLButtonElement} */ (part('button', 'cancel', { type: 'button', hidden: '' }));
    this.slot = document.createElement('slot');
    this.announcer = part('div', 'announcer', { role: 'status' });
    this.icon = document.createElementNS(SVG, 'svg');
    this.icon.setAttribute('class', 'icon');
    this.icon.setAttribute('part', 'icon');
    this.icon.setAttribute('viewBox', '0 0 24 24');
    this.icon.setAttribute('aria-hidden', 'true');
    this.icon.append(document.createElementNS(SVG, 'path'));
    this.bar.append(this.fill);
    const title = part('div', 'title');
    title.append(this.label);
    const head = part('div', 'head');
    head.append(title, this.percent, this.button);
    const status = part('div', 'status');
    this.separator = part('span', 'separator');
    this.separator.textContent = ' · ';
    status.append(this.icon, this.notice, this.separator, this.text);
    const details = part('div', 'details');
    details.append(this.count, this.rate, this.left);
    const foot = part('div', 'foot');
    foot.append(status, details);
    root.append(head, this.bar, foot, this.slot, this.announcer);
  }

  /**
   * @param {Words} words
   * @param {import('./words.js').JobState} state
   */
  show(words, state) {
    for (const name of /** @type {const} */ (['label', 'percent', 'text', 'notice', 'count', 'rate', 'left'])) {
      write(this[name], words[name]);
    }
    this.text.title = words.text;
    this.separator.hidden = !words.notice || !words.text;
    this.#showIcon(words.look);
    this.#showBar(words, state);
    if (this.slot.name !== words.look) {
      this.slot.name = words.look;
    }
  }

  /**
   * @param {?{text: string, name: string, disabled: boolean}} button `null` hides it; a keyboard's user who stood on it
   * goes on from the bar
   */
  showButton(button) {
    const focused = /** @type {ShadowRoot} */ (this.button.getRootNode()).activeElement === this.button;
    this.button.hidden = button === null;
    if (button) {
      write(this.button, button.text);
      this.button.setAttribute('aria-label', button.name);
      this.button.setAttribute('aria-disabled', String(button.disabled));
    } else if (focused) {
      this.bar.focus();
    }
  }

  /** @param {Words['look']} look */
  #showIcon(look) {
    const path = /** @type {Record<string, string>} */ (ICONS)[look] ?? '';
    this.icon.toggleAttribute('hidden', path === '');
    this.icon.firstElementChild?.setAttribute('d', path);
  }

  /**
   * @param {Words} words
   * @param {import('./words.js').JobState} state
   */
  #showBar(words, state) {
    const fraction = words.look === 'done' ? 1 : state.progress;
    this.bar.setAttribute('aria-label', words.label);
    this.bar.setAttribute('aria-valuetext', words.value);
    if (fraction === undefined) {
      this.bar.removeAttribute('aria-valuenow');
    } else {
      this.bar.setAttribute('aria-valuenow', String(Math.floor(fraction * 100 + 1e-9)));
    }
    this.bar.classList.toggle('busy', fraction === undefined && !state.ended);
    this.fill.style.setProperty('--_fraction', String(fraction ?? 0));
  }
}

/**
 * @param {string} tag
 * @param {string} name
 * @param {Record<string, string>} [attributes]
 * @returns {HTMLElement}
 */
function part(tag, name, attributes = {}) {
  const element = document.createElement(tag);
  element.className = name;
  element.setAttribute('part', name);
  for (const [attribute, value] of Object.entries(attributes)) {
    element.setAttribute(attribute, value);
  }
  return element;
}

/**
 * Text that is the same is left alone: a selection in it stays.
 *
 * @param {HTMLElement} element
 * @param {string} text
 */
function write(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}
