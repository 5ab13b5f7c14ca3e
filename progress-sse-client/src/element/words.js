// Makes the texts about a job: a pure function of its state, a language and its texts.

import { isBytes, percent, quantity, time } from './numbers.js';

/** @typedef {import('../client.js').JobState} JobState */

/**
 * `{names}` in braces are filled in.
 *
 * @typedef {object} Texts
 * @property {string} job name of a job that has none
 * @property {string} connecting
 * @property {string} waiting
 * @property {string} queued
 * @property {string} running of a job that says nothing itself
 * @property {string} stalled
 * @property {string} reconnecting
 * @property {string} cancelling
 * @property {string} done
 * @property {string} doneIn with `{time}`
 * @property {string} failed
 * @property {string} cancelled
 * @property {string} lost
 * @property {string} unknown
 * @property {string} unauthorized
 * @property {string} forbidden
 * @property {string} unreachable
 * @property {string} refused
 * @property {string} count with `{done}` and `{total}`
 * @property {string} rate with `{count}`
 * @property {string} left with `{time}`
 * @property {string} cancel
 * @property {string} cancelJob with `{job}`: the cancel button's name for those who do not see what it stands beside
 */

/**
 * How a job stands, for the eye: its state, or what a viewer has to know first.
 *
 * @typedef {'connecting'|'waiting'|'queued'|'indeterminate'|'running'|'stalled'|'reconnecting'|'lost'|'done'|'failed'
 *   |'cancelled'|'unknown'} Look
 */

/**
 * @typedef {object} Words
 * @property {Look} look
 * @property {string} label
 * @property {string} text
 * @property {string} notice what is unusual, for as long as it is; else empty
 * @property {string} percent
 * @property {string} count
 * @property {string} rate
 * @property {string} left
 * @property {string} value the bar's value for those who do not see it
 * @property {string} sentence what is announced
 */

/** @type {Record<string, keyof Texts>} */
const PROBLEMS = { unauthorized: 'unauthorized', forbidden: 'forbidden', refused: 'refused', network: 'unreachable', server: 'unreachable' };

/**
 * @param {JobState} state
 * @returns {Look}
 */
export function lookOf(state) {
  if (state.ended) {
    return /** @type {Look} */ (state.state);
  }
  if (state.connection === 'reconnecting') {
    return 'reconnecting';
  }
  if (state.state === 'waiting') {
    return state.connection === 'connecting' ? 'connecting' : 'waiting';
  }
  if (state.state === 'lost' || state.state === 'queued') {
    return state.state;
  }
  return state.stalled ? 'stalled' : state.progress === undefined ? 'indeterminate' : 'running';
}

/**
 * @param {JobState} state
 * @param {object} options
 * @param {Texts} options.texts
 * @param {string} options.lang for numbers and times
 * @param {?string} [options.label] wins over the job's own name
 * @param {boolean} [options.cancelling]
 * @returns {Words}
 */
export function describe(state, { texts, lang, label = null, cancelling = false }) {
  const look = lookOf(state);
  const notice = noticeOf(look, cancelling && !state.ended, texts);
  const fraction = look === 'done' ? 1 : state.progress;
  const done = fraction === undefined ? '' : percent(lang, fraction);
  const text = state.ended ? verdict(state, texts, lang)
    : [state.phase, state.message].filter(Boolean).join(' · ') || fallback(state, look, texts);
  const moves = !state.ended && notice === '';
  const left = moves && state.etaMs !== undefined ? Math.max(1, state.etaMs / 1000) : null;
  return {
    look,
    label: label || state.job || texts.job,
    text,
    notice,
    percent: done,
    count: state.ended || state.completed === undefined ? '' : counted(state, texts, lang),
    rate: moves && state.ratePerSecond ? rated(state, state.ratePerSecond, texts, lang) : '',
    left: left === null ? '' : fill(texts.left, { time: time(lang, left) }),
    value: [done, notice, text, left === null ? '' : fill(texts.left, { time: time(lang, left, 'long') })].filter(Boolean).join(', '),
    sentence: state.ended ? text : notice || [done, text].filter(Boolean).join(', '),
  };
}

/**
 * @param {string} text
 * @param {Record<string, string>} values
 */
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
}

/**
 * @param {Look} look
 * @param {boolean} cancelling
 * @param {Texts} texts
 */
function noticeOf(look, cancelling, texts) {
  if (look === 'reconnecting' || look === 'stalled' || look === 'lost') {
    return texts[look];
  }
  return cancelling ? texts.cancelling : '';
}

/**
 * How it ended.
 *
 * @param {JobState} state
 * @param {Texts} texts
 * @param {string} lang
 */
function verdict(state, texts, lang) {
  if (state.state === 'unknown') {
    return texts[PROBLEMS[state.problem?.reason ?? ''] ?? 'unknown'];
  }
  if (state.state === 'done' && state.durationMs !== undefined) {
    return fill(texts.doneIn, { time: time(lang, Math.max(1, state.durationMs / 1000)) });
  }
  return state.error?.message || texts[/** @type {'done'|'failed'|'cancelled'} */ (state.state)];
}

/**
 * The text for a job that reports no message.
 *
 * @param {JobState} state
 * @param {Look} look
 * @param {Texts} texts
 */
function fallback(state, look, texts) {
  if (state.state === 'waiting' || state.state === 'queued') {
    return look === 'connecting' || look === 'reconnecting' ? texts.connecting : texts[state.state];
  }
  return texts.running;
}

/**
 * @param {JobState} state
 * @param {Texts} texts
 * @param {string} lang
 */
function counted(state, texts, lang) {
  const done = state.completed ?? 0;
  return state.total === undefined ? quantity(lang, done, state.unit)
    : fill(texts.count, { done: quantity(lang, done), total: quantity(lang, state.total, state.unit) });
}

/**
 * The unit is not said twice.
 *
 * @param {JobState} state
 * @param {number} rate
 * @param {Texts} texts
 * @param {string} lang
 */
function rated(state, rate, texts, lang) {
  const unit = state.completed === undefined || isBytes(state.unit) ? state.unit : undefined;
  return fill(texts.rate, { count: quantity(lang, rate, unit) });
}
