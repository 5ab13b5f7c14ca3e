// Moves a bar smoothly from the previous value to the last reported one, and never past it.

/**
 * @typedef {object} Smoothness
 * @property {number} [longest] longest movement in milliseconds; 1000
 * @property {() => number} [now] milliseconds
 * @property {(step: () => void) => unknown} [frame] calls a step when the page is drawn next
 * @property {() => boolean} [still] whether nothing is to move; by default what the user has told the system
 */

/** @type {(step: () => void) => unknown} */
const nextFrame = (step) => (globalThis.requestAnimationFrame ?? ((later) => setTimeout(later, 16)))(step);

const prefersStill = () => !!globalThis.matchMedia?.('(prefers-reduced-motion: reduce)').matches;

/**
 * Shows reported values by and by: each takes as long as it took to come. The first one, one that is smaller, and none are
 * shown at once.
 *
 * @param {(value: number | undefined) => void} show draws a value
 * @param {Smoothness} [smoothness]
 * @returns {(value: number | undefined) => void} is told each value that was reported
 */
export function smooth(show, { longest = 1000, now = () => performance.now(), frame = nextFrame, still = prefersStill } = {}) {
  /** @type {number | undefined} */
  let shown;
  /** @type {number | undefined} */
  let reported;
  let from = 0;
  let begin = 0;
  let time = 0;
  let moves = false;

  function step() {
    const share = time ? Math.min(1, (now() - begin) / time) : 1;
    moves = share < 1;
    const value = reported !== undefined && moves ? from + (reported - from) * share : reported;
    if (value !== shown) show((shown = value));
    if (moves) frame(step);
  }

  return (value) => {
    if (value === reported) return;
    const at = now();
    const jumps = shown === undefined || value === undefined || value < shown || still();
    time = jumps ? 0 : Math.min(longest, at - begin);
    from = shown ?? 0;
    begin = at;
    reported = value;
    if (!moves) step();
  };
}
