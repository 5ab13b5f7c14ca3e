import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ageOf, leftOf, lookOf, matches, namesOf, percentile, sorted, totals }
  from '../../../progress-sse-dashboard/src/main/resources/io/progress/sse/dashboard/jobs.js';

const ALL = { text: '', name: '', look: '' };

test('a percentile is one of the values, and none of no values', () => {
  assert.equal(percentile([30, 10, 20], 0.5), 20);
  assert.equal(percentile([4, 1, 3, 2], 0.5), 2);
  assert.equal(percentile(Array.from({ length: 100 }, (_, index) => index + 1), 0.95), 95);
  assert.equal(percentile([7], 0.95), 7);
  assert.equal(percentile([], 0.5), undefined);
});

test('totals are by kind; cancelled jobs count as neither done nor failed', () => {
  const ended = [
    { job: 'a', state: 'done', durationMs: 100 }, { job: 'a', state: 'done', durationMs: 300 }, { job: 'a', state: 'failed', durationMs: 9000 },
    { job: 'a', state: 'cancelled', durationMs: 5 }, { job: 'b', state: 'cancelled' },
  ];
  assert.deepEqual(totals(ended, [{ job: 'c', state: 'running' }, { job: 'a', state: 'lost' }]), [
    { name: 'a', running: 1, count: 4, failed: 1, failureShare: 1 / 3, p50: 100, p95: 300 },
    { name: 'b', running: 0, count: 1, failed: 0, failureShare: undefined, p50: undefined, p95: undefined },
    { name: 'c', running: 1, count: 0, failed: 0, failureShare: undefined, p50: undefined, p95: undefined },
  ]);
});

test('a search finds jobs that have all its words, in whatever they say', () => {
  const job = { jobId: '0198-aa', job: 'report', owner: 'Alice', node: 'web-1:8080', phase: 'rendering', message: 'page 3', state: 'running' };
  for (const text of ['', 'alice', 'PAGE report', '0198-aa', 'web-1', ' rendering  alice ']) assert.ok(matches(job, { ...ALL, text }), text);
  for (const text of ['bob', 'alice bob']) assert.ok(!matches(job, { ...ALL, text }), text);
  assert.ok(matches({ ...job, error: { message: 'out of paper' } }, { ...ALL, text: 'paper' }));
});

test('jobs are found by kind and by how they stand', () => {
  const stalled = { jobId: 'a', job: 'report', state: 'running', stalled: true };
  const lost = { jobId: 'b', job: 'report', state: 'lost' };
  const running = { jobId: 'c', job: 'import', state: 'running' };
  const found = (filter) => [stalled, lost, running].filter((job) => matches(job, { ...ALL, ...filter })).map(({ jobId }) => jobId);
  assert.deepEqual(found({ look: 'attention' }), ['a', 'b']);
  assert.deepEqual(found({ look: 'running' }), ['c']);
  assert.deepEqual(found({ look: 'stalled' }), ['a']);
  assert.deepEqual(found({ name: 'import' }), ['c']);
  assert.equal(lookOf({ state: 'lost', stalled: true }), 'lost');
});

test('an order puts last what is not known, and keeps the newest first between equals', () => {
  const jobs = [{ jobId: 'a' }, { jobId: 'b', progress: 0.5 }, { jobId: 'c', progress: 0 }, { jobId: 'd', progress: 0.5 }];
  const ids = (order) => sorted(jobs, order).map(({ jobId }) => jobId).join('');
  assert.equal(ids('progress'), 'cbda');
  assert.equal(ids('newest'), 'abcd');
  assert.equal(ids('no such order'), 'abcd');
  assert.deepEqual(sorted([{ state: 'running' }, { state: 'running', stalled: true }, { state: 'lost' }], 'attention').map(lookOf), ['lost', 'stalled', 'running']);
});

test('times are counted from what the server said', () => {
  const job = { state: 'running', etaMs: 10_000, occurredAt: '2026-01-01T00:00:00Z', createdAt: '2025-12-31T23:59:00Z' };
  const now = Date.parse('2026-01-01T00:00:04Z');
  assert.equal(leftOf(job, now), 6000);
  assert.equal(leftOf(job, now + 60_000), 1000, 'never nothing while it runs');
  assert.equal(leftOf({ ...job, stalled: true }, now), undefined);
  assert.equal(ageOf(job, now), 64_000);
  assert.equal(ageOf({}, now), undefined);
  assert.deepEqual(namesOf([{ job: 'b' }, { job: 'a' }, { job: 'b' }, {}]), ['a', 'b']);
});
