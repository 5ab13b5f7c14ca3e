import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describe, lookOf } from '../../src/element/words.js';
import de from '../../src/texts/de.js';
import en from '../../src/texts/en.js';
import es from '../../src/texts/es.js';
import fr from '../../src/texts/fr.js';
import ja from '../../src/texts/ja.js';
import zh from '../../src/texts/zh.js';

const LANGUAGES = { de, en, es, fr, ja, zh };

function state(members) {
  return { jobId: 'a', state: 'running', ended: false, phases: [], notes: [], connection: 'open', problem: null, ...members };
}

function say(members, options = {}) {
  return describe(state(members), { texts: en, lang: 'en', ...options });
}

test('what a viewer has to know first is what is shown', () => {
  assert.equal(lookOf(state({ state: 'waiting', connection: 'connecting' })), 'connecting');
  assert.equal(lookOf(state({ state: 'waiting' })), 'waiting');
  assert.equal(lookOf(state({ state: 'queued' })), 'queued');
  assert.equal(lookOf(state({})), 'indeterminate');
  assert.equal(lookOf(state({ progress: 0 })), 'running');
  assert.equal(lookOf(state({ progress: 0.5, stalled: true })), 'stalled');
  assert.equal(lookOf(state({ progress: 0.5, stalled: true, connection: 'reconnecting' })), 'reconnecting');
  assert.equal(lookOf(state({ state: 'lost', stalled: true })), 'lost');
  assert.equal(lookOf(state({ state: 'done', ended: true, connection: 'closed' })), 'done');
});

test('a quiet job that is polled for is not reconnecting', () => {
  assert.equal(lookOf(state({ progress: 0.5, connection: 'polling' })), 'running');
});

test('percentage, count, rate and time left are said as far as they are known', () => {
  const words = say({ progress: 0.999, phase: 'resizing', message: 'cat.png', completed: 3, total: 12, unit: 'images', ratePerSecond: 1.44, etaMs: 6400 });
  assert.equal(words.percent, '99%');
  assert.equal(words.text, 'resizing · cat.png');
  assert.equal(words.count, '3 of 12 images');
  assert.equal(words.rate, '1.4/s');
  assert.equal(say({ unit: 'images', ratePerSecond: 12.6 }).rate, '13 images/s');
  assert.equal(words.left, '6 sec left');
  assert.equal(words.value, '99%, resizing · cat.png, 6 seconds left');
  const silent = say({});
  assert.deepEqual([silent.percent, silent.text, silent.count, silent.rate, silent.left], ['', 'Working…', '', '', '']);
});

test('bytes are scaled', () => {
  const words = say({ completed: 2_500_000, total: 2_000_000_000, unit: 'bytes', ratePerSecond: 999 });
  assert.equal(words.count, '2,500,000 of 2 GB');
  assert.equal(words.rate, '999 byte/s');
});

test('nothing is promised while nothing moves', () => {
  for (const members of [{ stalled: true }, { connection: 'reconnecting' }, { state: 'lost' }]) {
    const words = say({ progress: 0.5, etaMs: 5000, ratePerSecond: 3, ...members });
    assert.deepEqual([words.left, words.rate], ['', '']);
    assert.notEqual(words.notice, '');
  }
});

test('each end has words of its own', () => {
  assert.equal(say({ state: 'done', ended: true, durationMs: 65_400 }).text, 'Done in 1 min 5 sec');
  assert.equal(say({ state: 'done', ended: true }).percent, '100%');
  assert.equal(say({ state: 'failed', ended: true, error: { code: 'x', message: 'Out of paper' } }).text, 'Out of paper');
  assert.equal(say({ state: 'failed', ended: true }).text, 'Failed');
  assert.equal(say({ state: 'cancelled', ended: true }).text, 'Cancelled');
  const unknown = (reason) => say({ state: 'unknown', ended: true, problem: { reason, status: 0 } }).text;
  assert.equal(unknown('not-found'), 'There is no such job');
  assert.equal(unknown('unauthorized'), 'Sign in to see this job');
  assert.equal(unknown('forbidden'), 'You may not see this job');
  assert.equal(unknown('network'), 'The server cannot be reached');
  assert.equal(unknown('refused'), 'The server refused this');
});

test('a label that is given wins over the name of the job', () => {
  assert.equal(say({ job: 'report' }).label, 'report');
  assert.equal(say({ job: 'report' }, { label: 'Your report' }).label, 'Your report');
  assert.equal(say({}).label, 'Progress');
});

test('hostile words stay what they are', () => {
  const words = say({ message: '{time} $& <img src=x onerror=alert(1)>', error: null });
  assert.equal(words.text, '{time} $& <img src=x onerror=alert(1)>');
});

test('each language says the same things, with the same blanks', () => {
  const blanks = (text) => [...text.matchAll(/\{\w+\}/g)].map(([blank]) => blank).sort();
  for (const [lang, texts] of Object.entries(LANGUAGES)) {
    assert.deepEqual(Object.keys(texts), Object.keys(en), lang);
    for (const [key, text] of Object.entries(texts)) {
      assert.deepEqual(blanks(text), blanks(en[key]), `${lang}.${key}`);
      assert.notEqual(text, '', `${lang}.${key}`);
    }
  }
});

test('numbers and times are written as people of the language write them', () => {
  const moving = state({ progress: 0.5, ratePerSecond: 1.5, unit: 'B', completed: 1234.5, etaMs: 125_000 });
  const said = (lang) => {
    const words = describe(moving, { texts: LANGUAGES[lang], lang });
    return [words.percent, words.left].map((text) => text.replace(/[\u00a0\u202f]/g, ' '));
  };
  assert.deepEqual(said('de'), ['50 %', 'noch 2 Min. 5 Sek.']);
  assert.deepEqual(said('fr'), ['50 %', 'encore 2 min 5 s']);
  assert.deepEqual(said('es'), ['50 %', 'faltan 2 min 5 s']);
  assert.deepEqual(said('ja'), ['50%', '残り 2 分 5 秒']);
  assert.deepEqual(said('zh'), ['50%', '剩余 2分钟 5秒']);
});
