// A chart of one value over time.

import { element, say } from './dom.js';

const SVG = 'http://www.w3.org/2000/svg';
const [WIDTH, HEIGHT] = [600, 120];

/** The most points that a line has. When there are more, every second point is dropped. */
const MOST = 600;

export class Chart {
  /** @type {[number, number][]} */
  #points = [];
  #line = document.createElementNS(SVG, 'polyline');
  #name;
  #svg = document.createElementNS(SVG, 'svg');
  #caption = element('figcaption');
  element = element('figure', { hidden: true }, this.#caption, this.#svg);

  /** @param {string} name */
  constructor(name) {
    this.#name = name;
    this.#svg.setAttribute('viewBox', `0 0 ${WIDTH} ${HEIGHT}`);
    this.#svg.setAttribute('preserveAspectRatio', 'none');
    this.#svg.setAttribute('aria-hidden', 'true');
    this.#svg.setAttribute('class', 'chart');
    this.#svg.append(this.#line);
  }

  get empty() {
    return this.#points.length < 2;
  }

  /**
   * @param {number} time in milliseconds; points come in their order
   * @param {number} value
   */
  add(time, value) {
    this.#points.push([time, value]);
    if (this.#points.length > MOST) this.#points = this.#points.filter((_, index) => index % 2 === 0 || index === MOST);
  }

  /**
   * @param {number} [most] the top of the chart; by default the greatest value
   * @param {(value: number) => string} [word] formats a value
   */
  draw(most = Math.max(...this.#points.map(([, value]) => value)), word = String) {
    if (this.empty) return;
    const [from, to] = [this.#points[0][0], this.#points.at(-1)?.[0] ?? 0];
    const x = (/** @type {number} */ time) => (to > from ? (time - from) / (to - from) * WIDTH : 0);
    const y = (/** @type {number} */ value) => HEIGHT - 2 - (most > 0 ? value / most : 0) * (HEIGHT - 4);
    this.#line.setAttribute('points', this.#points.map(([time, value]) => `${x(time).toFixed(1)},${y(value).toFixed(1)}`).join(' '));
    const values = this.#points.map(([, value]) => value);
    this.element.hidden = false;
    say(this.#caption, `${this.#name}: from ${word(values[0])} to ${word(values[values.length - 1])}, at most ${word(Math.max(...values))}`);
  }
}
