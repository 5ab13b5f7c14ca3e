import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { LazyWatch, lazySubmit, lazyWatch } from '../../src/lazy-watch.js';
import { ScriptedServer, open } from './scripted-server.js';
import { until } from './helpers.js';

const WAITING = { jobId: 'job', state: 'waiting', ended: false };
const RUNNING = { jobId: 'job', state: 'running', ended: false };
let opened;
let server;

beforeEach(async () => {
  opened = [];
  server = await ScriptedServer.start();
});
afterEach(() => server.stop());

/** A watch whose state is set by the test. */
function fake(state) {
  const watch = {
    state, closed: 0, getSnapshot: () => watch.state, subscribe: () => () => {}, close: () => void watch.closed++,
    cancel: async () => true, cancellable: async () => true,
  };
  opened.push(watch);
  return watch;
}

test('what was seen stays until the watch that was opened again knows something', async () => {
  const lazy = new LazyWatch('job', () => fake(WAITING));
  const leave = lazy.subscribe(() => {});
  opened[0].state = RUNNING;
  leave();
  await null;
  assert.equal(lazy.getSnapshot(), RUNNING);
  lazy.subscribe(() => {});
  assert.equal(lazy.getSnapshot(), RUNNING);
  opened[1].state = { ...RUNNING, progress: 0.5 };
  assert.equal(lazy.getSnapshot().progress, 0.5);
});

test('a job that has ended is not watched again', async () => {
  const lazy = new LazyWatch('job', () => fake({ jobId: 'job', state: 'done', ended: true }));
  lazy.subscribe(() => {})();
  await null;
  lazy.subscribe(() => {})();
  assert.equal(opened.length, 1);
});

test('who leaves twice leaves once', async () => {
  const lazy = new LazyWatch('job', () => fake(RUNNING));
  const leave = lazy.subscribe(() => {});
  lazy.subscribe(() => {});
  leave();
  leave();
  await null;
  assert.equal(opened[0].closed, 0);
});

test('cancelling goes to the watch, also right before it is there', async () => {
  const lazy = new LazyWatch('job', () => fake(RUNNING));
  assert.equal(await lazy.cancel(), false);
  const early = lazy.cancellable();
  lazy.subscribe(() => {});
  assert.deepEqual([await early, await lazy.cancel()], [true, true]);
});

test('an id is known before anything is opened, that of a stream is not', () => {
  assert.equal(lazyWatch('job', () => ({})).jobId, 'job');
  assert.equal(lazyWatch('/own/job/events', () => ({})).jobId, '');
});

test('a submission is watched again where its stream is', async () => {
  server.script = [(_, response) => open(response)];
  const options = { base: server.base, jobId: 'job', target: (id) => `${server.base}/own/${id}` };
  let lazy;
  await lazySubmit(`${server.base}/work`, {}, () => options, (watch) => (lazy = watch));
  await until(() => server.streamRequests.length === 1);
  lazy.close();
  lazy.subscribe(() => {});
  await until(() => server.streamRequests.length === 2);
  lazy.close();
  assert.deepEqual(server.streamRequests.map(({ path }) => path), Array(2).fill('/progress/own/job'));
});
