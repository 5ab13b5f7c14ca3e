import assert from 'node:assert/strict';
import { test } from 'node:test';
import { percent, quantity, time } from '../../src/element/numbers.js';

test('a percentage is rounded down, and is not a victim of binary fractions', () => {
  assert.equal(percent('en', 0.999), '99%');
  assert.equal(percent('en', 0.29), '29%');
  assert.equal(percent('en', 1), '100%');
  assert.equal(percent('ar-EG', 0.5), '٥٠٪؜');
});

test('a time is as exact as it is of use', () => {
  const said = (seconds) => time('en', seconds);
  assert.equal(said(0), '0 sec');
  assert.equal(said(59.4), '59 sec');
  assert.equal(said(59.6), '1 min');
  assert.equal(said(125), '2 min 5 sec');
  assert.equal(said(599.6), '10 min');
  assert.equal(said(3569), '59 min');
  assert.equal(said(3571), '1 hr');
  assert.equal(said(5400), '1 hr 30 min');
  assert.equal(said(90_061), '25 hr 1 min');
  assert.equal(time('en', 61, 'long'), '1 minute 1 second');
});

test('a quantity of bytes is scaled, one of other things is not', () => {
  assert.equal(quantity('en', 1536, 'bytes'), '1.5 kB');
  assert.equal(quantity('en', 0, 'B'), '0 byte');
  assert.equal(quantity('en', 3_210_000_000, 'byte'), '3.2 GB');
  assert.equal(quantity('de', 1536, 'Seiten'), '1.536 Seiten');
  assert.equal(quantity('en', 0.25), '0.3');
});
