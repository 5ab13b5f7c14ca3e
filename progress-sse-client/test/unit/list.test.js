// What watchMine promises.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { watchMine } from '../../src/list.js';
import { ScriptedServer, ended, json, open, running, send } from './scripted-server.js';
import { until } from './helpers.js';

const FAST = { minDelay: 20, maxDelay: 40 };
let server;
let mine;

beforeEach(async () => (server = await ScriptedServer.start()));
afterEach(() => {
  mine?.close();
  return server.stop();
});

const listed = (jobs, id, more) => ({ event: 'listed', jobs, more, id });
const says = (...events) => (_, response) => { open(response); send(response, ...events); };
const watched = (more) => (mine = watchMine({ base: server.base, ...FAST, ...more }));
const states = () => Object.fromEntries(Array.from(mine.getSnapshot(), ([id, { state }]) => [id, state]));
const of = (jobId, n, id, more) => running(n, { jobId, id, ...more });

test('jobs appear, change and end, by one stream without ids', async () => {
  const heard = [];
  const log = (name) => ({ jobId, completed }) => heard.push([name, jobId, completed]);
  server.script = [says(listed(1, 's0'), of('a', 1, 's0~a1'))];
  watched({ onAppear: log('appear'), onProgress: log('progress'), onEnd: log('end') });
  await until(() => mine.getSnapshot().size === 1);
  server.send(of('b', 5, 's1~b5'), { ...ended(2), jobId: 'a', id: 's2~b5' });
  await until(() => states().a === 'done');
  assert.deepEqual(heard, [['appear', 'a', 1], ['progress', 'a', 1], ['appear', 'b', 5], ['progress', 'b', 5], ['progress', 'a', 2], ['end', 'a', 2]]);
  assert.deepEqual(states(), { a: 'done', b: 'running' });
  assert.equal(mine.connection, 'open');
  const [asked] = server.streamRequests;
  assert.equal(server.streamRequests.length, 1);
  assert.equal(asked.path, '/progress/events');
  assert.equal(asked.params.has('job'), false);
});

test('the map stays the same object until something changes, and changes that come together are told once', async () => {
  let changes = 0;
  server.script = [says(listed(2, 's0', true), of('a', 1, 's1'), of('b', 1, 's2'))];
  watched({ onChange: () => changes++ });
  await until(() => mine.getSnapshot().size === 2);
  assert.equal(mine.getSnapshot(), mine.getSnapshot());
  assert.equal(mine.more, true);
  assert.ok(changes <= 4, `${changes} changes`);
});

test('a stream that is cut goes on behind its last event', async () => {
  server.script = [says(listed(1, 's0'), of('a', 1, 's0~a1')), says(listed(1, 's0~a1'), of('a', 2, 's0~a2'))];
  watched();
  await until(() => mine.getSnapshot().size === 1);
  server.cut();
  await until(() => mine.getSnapshot().get('a')?.completed === 2);
  assert.equal(server.streamRequests.at(-1).headers['last-event-id'] ?? server.streamRequests.at(-1).params.get('lastEventId'), 's0~a1');
});

test('what stands still is told of a job, not taken for a new event', async () => {
  server.script = [says(of('a', 1, 's1', { note: { level: 'info', text: 'once' } }), of('a', 1, '', { stalled: true, note: { level: 'info', text: 'once' } }))];
  watched();
  await until(() => mine.getSnapshot().get('a')?.stalled);
  assert.equal(mine.getSnapshot().get('a').notes.length, 1);
});

test('where there is no stream it asks for the list, and never goes back', async () => {
  const at = (second) => ({ occurredAt: `2026-01-01T00:00:0${second}Z` });
  const seen = [];
  let jobs = [of('old', 9, '', { state: 'done' }), of('a', 5, '', at(5))];
  server.script = [(_, response) => json(response, 503, {})];
  server.status = (_, response) => json(response, 200, { jobs, next: null }, { 'retry-after': '1' });
  watched({ onProgress: ({ jobId, completed }) => seen.push([jobId, completed]), maxDelay: 200 });
  await until(() => mine.getSnapshot().size === 1);
  assert.equal(server.statusRequests[0].path, '/progress/jobs');
  assert.equal(mine.getSnapshot().get('a').completed, 5);
  server.script = [says(listed(1, 's0'), of('a', 4, 's0~a4', at(4)), of('a', 6, 's0~a6', at(6)))];
  jobs = [of('a', 5, '', at(5))];
  await until(() => mine.getSnapshot().get('a').completed === 6, 10_000);
  assert.deepEqual(seen.map(([, completed]) => completed), [...seen].map(([, completed]) => completed).sort());
  assert.equal(mine.getSnapshot().has('old'), false, 'jobs that had ended before are not told');
});

test('the end of a job is told once while it polls', async () => {
  const ends = [];
  let state = 'running';
  server.script = [(_, response) => json(response, 503, {})];
  server.status = (_, response) => json(response, 200, { jobs: [of('a', 5, '', { state })], next: null }, { 'retry-after': '1' });
  watched({ onEnd: ({ jobId }) => ends.push(jobId) });
  await until(() => mine.getSnapshot().size === 1);
  state = 'done';
  await until(() => ends.length, 10_000);
  const asked = server.statusRequests.length;
  await until(() => server.statusRequests.length > asked + 1, 10_000);
  assert.deepEqual(ends, ['a']);
});

test('a caller without a list is told so, and nothing comes after it', async () => {
  let problem;
  server.script = [(_, response) => json(response, 404, {})];
  server.status = (_, response) => json(response, 404, { title: 'No list of jobs' });
  watched({ onGone: (said) => (problem = said) });
  await until(() => problem);
  assert.deepEqual([problem.reason, problem.status, problem.title, mine.connection], ['not-found', 404, 'No list of jobs', 'closed']);
});

test('a loop gets the newest map, and ends with the watch', async () => {
  server.script = [says(of('a', 1, 's1'))];
  const stop = new AbortController();
  const sizes = [];
  for await (const jobs of watched({ signal: stop.signal })) {
    sizes.push(jobs.size);
    if (jobs.size) stop.abort();
  }
  assert.equal(sizes.at(-1), 1);
  await until(() => !server.streams.size);
});

test('ended jobs are kept up to a number, and an id may be used again', async () => {
  server.script = [says(...[1, 2, 3].map((n) => ({ ...ended(n), jobId: `job-${n}`, id: `s${n}` })), of('job-3', 1, 's4'))];
  watched({ keep: 2 });
  await until(() => states()['job-3'] === 'running');
  assert.deepEqual(states(), { 'job-2': 'done', 'job-3': 'running' });
});

test('the jobs of another owner, and a reset, and a handler that throws', async () => {
  const seen = [];
  server.script = [says({ event: 'reset', reason: 'stale' }, listed(0, 's0'), of('a', 1, 's1'), { event: 'reset', jobId: 'a' }, of('a', 2, 's2'))];
  watched({ owner: '*', onReset: (id) => seen.push(id), onAppear: () => { throw new Error('mine'); }, onError: ({ message }) => seen.push(message) });
  await until(() => mine.getSnapshot().get('a')?.completed === 2);
  assert.equal(server.streamRequests[0].params.get('owner'), '*');
  assert.deepEqual(seen, [undefined, 'mine', 'a']);
});
