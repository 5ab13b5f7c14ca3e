// Announces few changes, at the right time: nobody can listen to a screen reader that reads each event.

/**
 * @typedef {object} Options
 * @property {number} [pause] ms of silence after each sentence; an end does not wait for it
 * @property {number} [patience] ms that something unusual has to last before it is worth a word
 * @property {() => number} [now] ms
 */

/**
 * Ends are said at once. In between it says each quarter and each new phase, not more often than once in ten seconds;
 * and that the connection is lost, or that nothing moves, if that lasts. What was there when it began is not news.
 */
export class Announcer {

  /** @type {(sentence: string) => void} */
  #say;

  /** @type {Required<Options>} */
  #options;

  /** @type {?{quarter: number, phase: string|undefined, notice: string, ended: boolean}} */
  #told = null;

  #lastSaid = -Infinity;

  #noticeSince = 0;

  #notice = '';

  /**
   * @param {(sentence: string) => void} say
   * @param {Options} [options]
   */
  constructor(say, { pause = 10_000, patience = 3_000, now = () => performance.now() } = {}) {
    this.#say = say;
    this.#options = { pause, patience, now };
  }

  /**
   * Hears how things are; may be called as often as one likes.
   *
   * @param {{ended: boolean, fraction: number|undefined, phase: string|undefined, notice: string}} facts
   * @param {string} sentence what is said if it is worth it
   */
  hear({ ended, fraction, phase, notice }, sentence) {
    const now = this.#options.now();
    if (notice !== this.#notice) {
      this.#notice = notice;
      this.#noticeSince = now;
    }
    const facts = { ended, phase, quarter: Math.floor((fraction ?? 0) * 4), notice: this.#lasting(now) };
    const told = this.#told;
    if (told === null || told.ended) {
      this.#told = facts;
      return;
    }
    const noticed = facts.notice !== told.notice && facts.notice !== '';
    const moved = !notice && (facts.quarter > told.quarter || facts.phase !== told.phase);
    if (ended || ((noticed || moved) && now - this.#lastSaid >= this.#options.pause)) {
      this.#told = facts;
      this.#lastSaid = now;
      this.#say(sentence);
    }
    else if (facts.notice === '') {
      told.notice = '';
    }
  }

  /** @param {number} now */
  #lasting(now) {
    return now - this.#noticeSince >= this.#options.patience ? this.#notice : '';
  }
}
