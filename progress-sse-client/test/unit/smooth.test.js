import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { smooth } from '../../src/smooth.js';

let time;
let steps;
let shown;
let still;
let report;

beforeEach(() => {
  [time, steps, shown, still] = [0, [], [], false];
  report = smooth((value) => shown.push(value), { now: () => time, frame: (step) => steps.push(step), still: () => still });
});

function pass(ms) {
  time += ms;
  for (const step of steps.splice(0)) step();
}

test('the first value is shown at once', () => {
  report(0.4);
  assert.deepEqual(shown, [0.4]);
  assert.equal(steps.length, 0);
});

test('a value is reached by and by, in the time that it took to come, and never passed', () => {
  report(0.2);
  pass(400);
  report(0.6);
  for (let i = 0; i < 10; i++) pass(100);
  assert.deepEqual(shown.map((value) => Number(value.toFixed(6))), [0.2, 0.3, 0.4, 0.5, 0.6]);
  assert.equal(shown.at(-1), 0.6);
  assert.equal(steps.length, 0, 'nothing runs on');
});

test('no movement takes longer than a second', () => {
  report(0.2);
  pass(60_000);
  report(0.6);
  pass(1000);
  assert.equal(shown.at(-1), 0.6);
});

test('news on the way is gone to from where the bar is', () => {
  report(0);
  pass(400);
  report(0.4);
  pass(200);
  report(1);
  pass(100);
  assert.deepEqual(shown.map((value) => Number(value.toFixed(6))), [0, 0.2, 0.6]);
  pass(100);
  assert.equal(shown.at(-1), 1);
  assert.ok(shown.every((value, i) => i === 0 || value > shown[i - 1]));
});

test('a smaller value, and none, are shown at once', () => {
  for (const value of [0.5, 0.3, undefined, 0.4]) {
    pass(100);
    report(value);
  }
  assert.deepEqual(shown, [0.5, 0.3, undefined, 0.4]);
});

test('nothing moves for those who do not want it', () => {
  still = true;
  report(0.2);
  pass(400);
  report(0.6);
  assert.deepEqual(shown, [0.2, 0.6]);
});

test('what stays the same is not drawn again', () => {
  report(0.2);
  pass(100);
  report(0.2);
  assert.deepEqual(shown, [0.2]);
});

test('it moves where there are no frames', async () => {
  const seen = [];
  const tell = smooth((value) => seen.push(value));
  tell(0.1);
  await new Promise((resolve) => setTimeout(resolve, 50));
  tell(0.2);
  await new Promise((resolve) => setTimeout(resolve, 200));
  assert.equal(seen.at(-1), 0.2);
  assert.ok(seen.length > 2, String(seen));
});
