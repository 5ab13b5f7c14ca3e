import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Announcer } from '../../src/element/announcer.js';

function listener() {
  const heard = [];
  let time = 0;
  const announcer = new Announcer((sentence) => heard.push(sentence), { now: () => time });
  return {
    heard,
    at(seconds, facts, sentence) {
      time = seconds * 1000;
      announcer.hear({ ended: false, fraction: undefined, phase: undefined, notice: '', ...facts }, sentence);
    },
  };
}

test('what is there when the page opens is not news', () => {
  const { heard, at } = listener();
  at(0, { ended: true, fraction: 1 }, 'done');
  at(1, { ended: true, fraction: 1 }, 'done');
  assert.deepEqual(heard, []);
});

test('a thousand events of a minute are a few sentences', () => {
  const { heard, at } = listener();
  for (let i = 0; i < 1000; i++) {
    at(i * 0.06, { fraction: i / 1000, phase: `phase ${Math.floor(i / 10)}` }, `${i / 10} %`);
  }
  assert.ok(heard.length >= 4 && heard.length <= 7, `${heard.length} sentences`);
});

test('an end is said at once, and once', () => {
  const { heard, at } = listener();
  at(0, {}, 'begins');
  at(1, { phase: 'resizing' }, 'resizing');
  at(1.1, { ended: true }, 'failed');
  at(1.2, { ended: true }, 'failed');
  assert.deepEqual(heard, ['resizing', 'failed']);
});

test('a short break of the connection is not worth a word, a long one is', () => {
  const { heard, at } = listener();
  at(0, {}, '');
  at(1, { notice: 'reconnecting' }, 'reconnecting');
  at(2, {}, 'running');
  at(20, { notice: 'reconnecting' }, 'reconnecting');
  at(22.9, { notice: 'reconnecting' }, 'reconnecting');
  assert.deepEqual(heard, []);
  at(23, { notice: 'reconnecting' }, 'reconnecting');
  at(40, { notice: 'reconnecting' }, 'reconnecting');
  assert.deepEqual(heard, ['reconnecting']);
});

test('what happens again is said again', () => {
  const { heard, at } = listener();
  at(0, {}, '');
  for (const start of [10, 50]) {
    at(start, { notice: 'stalled' }, 'stalled');
    at(start + 5, { notice: 'stalled' }, 'stalled');
    at(start + 20, {}, 'moves');
  }
  assert.deepEqual(heard, ['stalled', 'stalled']);
});
