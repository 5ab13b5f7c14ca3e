const MOST = 400;

/** Draws how fast a job was, over its time. */
export class RateChart {

  #figure;

  /** @type {{at: number, rate: number}[]} */
  #samples = [];

  constructor(figure) {
    this.#figure = figure;
  }

  add({ occurredAt, ratePerSecond: rate, unit }) {
    if (rate === undefined || !occurredAt) {
      return;
    }
    this.#samples.push({ at: Date.parse(occurredAt), rate });
    this.#samples.splice(0, this.#samples.length - MOST);
    if (this.#samples.length > 2) {
      this.#draw(`${number(rate)}${unit ? ` ${unit}` : ''}/s`);
    }
  }

  #draw(now) {
    const [first, last] = [this.#samples[0].at, this.#samples.at(-1).at];
    const top = Math.max(...this.#samples.map(({ rate }) => rate)) * 1.1 || 1;
    const points = this.#samples.map(({ at, rate }) => `${((at - first) / (last - first || 1) * 100).toFixed(2)} ${(31 - rate / top * 30).toFixed(2)}`);
    const [area, curve] = this.#figure.querySelectorAll('path');
    curve.setAttribute('d', `M${points.join('L')}`);
    area.setAttribute('d', `M0 32L${points.join('L')}L100 32Z`);
    this.#figure.querySelector('svg').setAttribute('aria-label', `Rate over time; now ${now}`);
    this.#figure.querySelector('figcaption').textContent = now;
    this.#figure.hidden = false;
  }
}

function number(rate) {
  return rate < 10 ? rate.toFixed(1) : Math.round(rate).toLocaleString('en');
}
