// What watch, watchMany, submit and the rest promise.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { cancel, newJobId, submit, watch, watchMany } from '../../src/client.js';
import { ScriptedServer, ended, json, open, running, send } from './scripted-server.js';
import { fakePage, recorder, until } from './helpers.js';

const FAST = { minDelay: 20, maxDelay: 40 };
let server;

beforeEach(async () => (server = await ScriptedServer.start()));
afterEach(() => server.stop());

const says = (...events) => [(_, response) => { open(response); send(response, ...events); }];
const options = (more) => ({ base: server.base, ...FAST, ...more });

test('handlers hear each event, then how it ended, then that it has ended', async () => {
  const seen = recorder();
  server.script = says(running(1), running(2), ended(3, 'failed', { error: { code: 'paper', message: 'no paper' } }));
  const last = await watch('job', options(seen.handlers)).ended;
  assert.deepEqual(seen.progress, [0.01, 0.02, 0.03]);
  assert.deepEqual(seen.calls, ['onConnected', 'onFailed', 'onEnd']);
  assert.deepEqual([last.state, last.ended, last.error.message, last.connection], ['failed', true, 'no paper', 'closed']);
});

test('what is not known is absent', async () => {
  server.script = says({ id: '1000-1', jobId: 'job', job: 'test', state: 'running', attempt: 1 });
  const job = watch('job', options());
  assert.deepEqual(job.getSnapshot(), {
    jobId: 'job', state: 'waiting', ended: false, phases: [], notes: [], connection: 'connecting', problem: null,
  });
  await until(() => job.getSnapshot().state === 'running');
  assert.equal(job.getSnapshot().progress, undefined);
  job.close();
});

test('a snapshot stays the same object until something changes, and nobody can change it', async () => {
  server.script = says(running(1));
  const job = watch('job', options());
  const before = job.getSnapshot();
  let changes = 0;
  const leave = job.subscribe(() => changes++);
  await until(() => job.getSnapshot().completed === 1);
  assert.notEqual(job.getSnapshot(), before);
  assert.equal(job.getSnapshot(), job.getSnapshot());
  assert.throws(() => { 'use strict'; job.getSnapshot().progress = 1; }, TypeError);
  const heard = changes;
  leave();
  server.send(running(2));
  await until(() => job.getSnapshot().completed === 2);
  assert.equal(changes, heard);
  job.close();
});

test('a slow loop gets the newest state and always the last one', async () => {
  server.script = says(running(1));
  const seen = [];
  for await (const state of watch('job', options())) {
    seen.push(state);
    if (state.completed === 1 && seen.length < 4) {
      server.send(running(2), running(3), ended(4));
      await until(() => server.streams.size === 0);
    }
  }
  assert.equal(seen.at(-1).state, 'done');
  assert.equal(seen.filter((state) => state.completed === 2 || state.completed === 3).length, 0);
});

test('who leaves the loop leaves the job watched', async () => {
  server.script = says(running(1));
  const job = watch('job', options());
  for await (const state of job) if (state.completed === 1) break;
  server.send(ended(2));
  assert.equal((await job.ended).state, 'done');
});

test('closing fulfils `ended`, ends the loop and the stream, and is no end of the job', async () => {
  const seen = recorder();
  const abort = new AbortController();
  server.script = says(running(1));
  const job = watch('job', options({ ...seen.handlers, signal: abort.signal }));
  await until(() => job.getSnapshot().completed === 1);
  abort.abort();
  const last = await job.ended;
  assert.deepEqual([last.state, last.ended, last.connection], ['running', false, 'closed']);
  await until(() => server.streams.size === 0);
  for await (const state of job) assert.equal(state, last);
  assert.deepEqual(seen.calls, ['onConnected']);
});

test('a signal that is aborted already keeps the stream from being opened', async () => {
  const job = watch('job', options({ signal: AbortSignal.abort() }));
  assert.equal((await job.ended).state, 'waiting');
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(server.requests.length, 0);
});

test('two watches of a job share its stream, the second begins with what is known, and each ends alone', async () => {
  server.script = says(running(1));
  const first = watch('job', options());
  await until(() => first.getSnapshot().completed === 1);
  const seen = recorder();
  const second = watch('job', options(seen.handlers));
  assert.equal(second.getSnapshot(), first.getSnapshot());
  await until(() => seen.progress.length === 1);
  first.close();
  server.send(ended(2));
  assert.equal((await second.ended).state, 'done');
  assert.equal((await first.ended).state, 'running');
  assert.equal(server.streamRequests.length, 1);
});

test('phases are kept in order, and the newest hundred notes', async () => {
  const notes = Array.from({ length: 120 }, (_, i) => running(10 + i, { phase: 'b', note: { level: 'info', text: `n${i}` } }));
  server.script = says(running(1, { phase: 'a', occurredAt: '2026-01-01T00:00:01Z' }),
    running(2, { phase: 'b', occurredAt: '2026-01-01T00:00:02Z' }), ...notes, ended(200, 'done', { phase: 'b' }));
  const last = await watch('job', options()).ended;
  assert.deepEqual(last.phases, [
    { name: 'a', startedAt: '2026-01-01T00:00:01Z' }, { name: 'b', startedAt: '2026-01-01T00:00:02Z' }]);
  assert.deepEqual([last.notes.length, last.notes[0].text, last.notes[99].text], [100, 'n20', 'n119']);
});

test('the time that is left counts down between events', async () => {
  server.script = says(running(1, { etaMs: 5000 }));
  const job = watch('job', options());
  await until(() => job.getSnapshot().etaMs === 5000);
  await until(() => job.getSnapshot().etaMs < 5000);
  const { etaMs } = job.getSnapshot();
  assert.ok(etaMs > 3500 && etaMs <= 4100, `${etaMs}`);
  job.close();
});

test('a silent worker is told of once, and may come back', async () => {
  const seen = recorder();
  server.script = says(running(1), running(2, { state: 'lost' }), running(3, { state: 'lost' }), running(4), ended(5));
  await watch('job', options(seen.handlers)).ended;
  assert.deepEqual(seen.calls.filter((call) => call === 'onLost'), ['onLost']);
});

test('news without an id of its own changes how the job stands, and repeats no note', async () => {
  const note = { level: 'info', text: 'once' };
  server.script = says(running(5, { note }), { ...running(5, { note, stalled: true }), id: undefined });
  const job = watch('job', options());
  await until(() => job.getSnapshot().stalled);
  assert.deepEqual(job.getSnapshot().notes, [note]);
  server.send(running(6));
  await until(() => job.getSnapshot().completed === 6);
  assert.equal(job.getSnapshot().stalled, undefined);
  job.close();
});

test('hostile texts arrive as they are', async () => {
  const message = '<img src=x onerror=alert(1)>\n\u2028data: x\u202e\u0000';
  server.script = says(ended(1, 'done', { message, result: { ['__proto__']: 1 } }));
  const last = await watch('job', options()).ended;
  assert.equal(last.message, message);
  assert.equal(Object.getPrototypeOf(last), Object.prototype);
});

test('an address that knows streams only is not waited for when it is asked for the status', async () => {
  server.script = [(_, response) => json(response, 503, {}), ...says(ended(1))];
  server.status = (_, response) => open(response);
  assert.equal((await watch(`${server.base}/own`, FAST).ended).state, 'done');
});

test('headers go with each request, also those that a function gives anew', async () => {
  let token = 0;
  server.script = [
    (_, response) => { open(response); send(response, running(1)); setTimeout(() => response.destroy(), 20); },
    ...says(ended(2)),
  ];
  server.status = (_, response) => json(response, 304);
  await watch('job', options({ headers: async () => ({ authorization: `Bearer ${++token}` }) })).ended;
  const tokens = server.requests.map((request) => request.headers.authorization);
  assert.deepEqual(tokens, ['Bearer 1', 'Bearer 2', 'Bearer 3']);
});

const ENDS_BADLY = { message: 'no paper' };
for (const [format, events, result] of [
  ['phase', [
    ['progress', { phase: 'rendering', progress: 0.4, message: 'page 1', data: {}, occurred_at: '2026-05-31T01:00:01+00:00' }],
    ['progress', { phase: 'done', progress: 1, message: '', data: { url: '/x' }, occurred_at: '2026-05-31T01:00:02+00:00' }]], { url: '/x' }],
  ['percent', [['progress', { step: 'rendering', percent: 40 }], ['complete', { url: '/x' }]], { url: '/x' }],
  ['stage', [['progress', { jobId: 'job', stage: 'rendering', percent: 40 }], ['done', { jobId: 'job' }]], undefined],
  ['status', [
    ['', { status: 'processing', progress: 40, message: 'page 1', step: 'rendering' }],
    ['', { status: 'completed', progress: 100, message: '', step: 'x', data: { url: '/x' } }]], { url: '/x' }],
]) {
  test(`the format '${format}' is understood`, async () => {
    const failures = { phase: ['progress', { phase: 'failed', progress: 0.4, message: 'no paper', data: {} }],
      percent: ['error', ENDS_BADLY], stage: ['error', ENDS_BADLY], status: ['', { status: 'error', progress: 40, ...ENDS_BADLY }] };
    const write = (response, all) => all.forEach(([name, data], i) =>
      response.write(`${name && `event: ${name}\n`}data: ${JSON.stringify(data)}\nid: 1000-${i}\n\n`));
    server.script = [(request, response) => {
      open(response, { heartbeatMs: 0 });
      write(response, request.path.endsWith('bad') ? [events[0], failures[format]] : events);
    }];
    const seen = [];
    const url = `${server.base}/own/good`;
    const good = await watch(url, { ...FAST, format, onProgress: (state) => seen.push(state) }).ended;
    assert.deepEqual([seen[0].state, seen[0].phase, seen[0].progress], ['running', 'rendering', 0.4]);
    assert.deepEqual([good.state, good.progress, good.result], ['done', 1, result]);
    const bad = await watch(`${server.base}/own/bad`, { ...FAST, format }).ended;
    assert.deepEqual([bad.state, bad.progress, bad.error.message], ['failed', 0.4, 'no paper']);
  });
}

test("an application's own format is read by its reader, and its bar does not go back either", async () => {
  server.script = [(_, response) => {
    open(response, { heartbeatMs: 0 });
    for (const data of [{ pct: 30 }, { pct: 20 }, { pct: 60 }, { finished: true }]) response.write(`data: ${JSON.stringify(data)}\n\n`);
  }];
  const seen = recorder();
  const reader = ({ pct, finished }) => (finished ? { state: 'done' } : { progress: pct / 100 });
  await watch(`${server.base}/legacy`, { ...FAST, reader, ...seen.handlers }).ended;
  assert.deepEqual(seen.progress, [0.3, 0.3, 0.6, 1]);
});

test('many jobs may be watched at an address of the application', async () => {
  const many = watchMany(['b', 'a'], { ...FAST, url: `${server.base}/own-many` });
  await until(() => server.streams.size === 1);
  assert.equal(server.streamRequests[0].path, '/progress/own-many');
  assert.deepEqual([...many.keys()], ['b', 'a']);
  many.get('a').close();
  server.send({ jobId: 'b', state: 'done', id: '-~rs.1' });
  assert.equal((await many.get('b').ended).state, 'done');
  many.close();
});

test('more jobs than fit on a stream get another one', async () => {
  const ids = Array.from({ length: 40 }, (_, i) => `job-${i}`);
  const many = watchMany(ids, options());
  await until(() => server.streams.size === 2);
  assert.deepEqual(server.streamRequests.map((request) => request.params.getAll('job').length).sort(), [32, 8]);
  many.close();
  await until(() => server.streams.size === 0);
});

test('work is sent with the id of a stream that is open for it', async () => {
  server.other = (request, response) => {
    json(response, 202, { taken: true });
    for (const stream of server.streams) send(stream, { ...ended(1), jobId: request.headers['x-job-id'] });
  };
  let early;
  const job = await submit(`${server.base}/reports`, { body: 'x', headers: { 'content-type': 'text/plain' } },
    options({ onWatch: (watch) => (early = watch) }));
  assert.equal(job, early);
  assert.deepEqual(await job.response.json(), { taken: true });
  const sent = server.requests.find((request) => request.method === 'POST');
  assert.equal(sent.headers['x-job-id'], job.jobId);
  assert.equal(sent.headers['content-type'], 'text/plain');
  job.close();
});

test('an application sends the work in its own way', async () => {
  const sent = [];
  const mine = (url, { method, headers }) => {
    sent.push(`${method} ${url} ${headers.get('x-job-id')}`);
    return fetch(url, { method, headers });
  };
  const job = await submit(`${server.base}/reports`, {}, options({ fetch: mine }));
  assert.deepEqual(sent, [`POST ${server.base}/reports ${job.jobId}`]);
  job.close();
});

test('work that is refused is an error with the reason, and nothing is watched any more', async () => {
  const seen = recorder();
  server.other = (_, response) => json(response, 422, { title: 'Too long', detail: 'At most 3 pages' });
  await assert.rejects(submit(`${server.base}/reports`, {}, options(seen.handlers)), (error) => {
    assert.deepEqual([error.name, error.status, error.message], ['SubmitError', 422, 'At most 3 pages']);
    return true;
  });
  await until(() => server.streams.size === 0);
  assert.deepEqual(seen.calls.filter((call) => call !== 'onConnected'), []);
});

test('a job that fails is no refused submission', async () => {
  server.other = (request, response) => {
    json(response, 202, {});
    setTimeout(() => server.send({ ...ended(1, 'failed'), jobId: request.headers['x-job-id'] }), 50);
  };
  const job = await submit(`${server.base}/reports`, {}, options());
  assert.equal((await job.ended).state, 'failed');
});

test('a job that fails before its request is answered is no refused submission', async () => {
  server.other = async (request, response) => {
    await until(() => server.streams.size === 1);
    server.send({ ...ended(1, 'failed'), jobId: request.headers['x-job-id'] });
    setTimeout(() => json(response, 500, { title: 'Internal Server Error' }), 100);
  };
  const job = await submit(`${server.base}/reports`, {}, options());
  assert.equal((await job.ended).state, 'failed');
  assert.equal(job.response.status, 500);
});

test('an answer that names the job is no refusal, even if the job has not been seen', async () => {
  server.other = (request, response) => {
    const jobId = request.headers['x-job-id'];
    response.setHeader('X-Job-Id', jobId);
    json(response, 409, { title: 'Job cancelled' });
    void until(() => server.streams.size === 1).then(() => server.send({ ...ended(1, 'cancelled'), jobId }));
  };
  const job = await submit(`${server.base}/reports`, {}, options());
  assert.equal((await job.ended).state, 'cancelled');
});

test('work for an id that is taken is refused, although there is a job', async () => {
  server.other = async (request, response) => {
    await until(() => server.streams.size === 1);
    server.send({ ...running(1), jobId: request.headers['x-job-id'] });
    setTimeout(() => json(response, 409, { title: 'Job id is taken' }), 100);
  };
  await assert.rejects(submit(`${server.base}/reports`, {}, options()), { name: 'SubmitError', status: 409 });
});

test('the CSRF token of a cookie is sent to the own origin, and to no other', async () => {
  const sent = [];
  server.other = (request, response) => {
    sent.push(request.headers['x-xsrf-token']);
    json(response, 202, {});
  };
  const page = fakePage();
  try {
    document.cookie = 'theme=dark; XSRF-TOKEN=a%2Bb';
    globalThis.location = new URL(server.base);
    await cancel('job', { base: server.base });
    await cancel('job', { base: server.base, headers: { 'X-XSRF-TOKEN': 'mine' } });
    (await submit(`${server.base}/reports`, {}, options())).close();
    globalThis.location = new URL('http://elsewhere.example/');
    await cancel('job', { base: server.base });
  } finally {
    delete globalThis.location;
    page.remove();
  }
  assert.deepEqual(sent, ['a+b', 'mine', 'a+b', undefined]);
});

test('an upload that takes longer than the server waits for its job is watched all the same', async () => {
  let taken = false;
  server.script = [(request, response) => {
    if (!taken && request.headers['last-event-id'] === 'unknown') {
      response.writeHead(204).end();
      return;
    }
    open(response);
    if (taken) send(response, ended(1));
    else { send(response, { event: 'unknown', id: 'unknown', jobId: 'job' }); response.end(); }
  }];
  server.other = async (_, response) => {
    await new Promise((resolve) => setTimeout(resolve, 300));
    taken = true;
    json(response, 202, {});
  };
  const job = await submit(`${server.base}/reports`, {}, options({ jobId: 'a-job-of-my-own', await: 0 }));
  assert.equal((await job.ended).state, 'done');
});

test('work whose answer is lost is watched if it was taken, and refused if not', async () => {
  server.other = async (request, response) => {
    await until(() => server.streams.size === 1);
    server.send({ ...running(1), jobId: request.headers['x-job-id'] });
    setTimeout(() => response.destroy(), 100);
  };
  const job = await submit(`${server.base}/reports`, {}, options());
  assert.equal(job.getSnapshot().state, 'running');
  assert.equal(job.response, undefined);
  job.close();
  server.other = (_, response) => response.destroy();
  await assert.rejects(submit(`${server.base}/reports`, {}, options()), { name: 'SubmitError', status: 0 });
});

test('a job is asked to stop where the server allows it', async () => {
  const asked = [];
  server.other = (request, response) => {
    asked.push(`${request.method} ${request.path}`);
    response.writeHead(request.method === 'OPTIONS' ? 204 : 202, { allow: 'GET, HEAD, OPTIONS, DELETE' });
    response.end();
  };
  const job = watch('job', options());
  assert.equal(await job.cancellable(), true);
  assert.equal(await job.cancel(), true);
  assert.equal(await cancel('job', { base: `${server.base}/` }), true);
  server.other = (_, response) => json(response, 405, {}, { allow: 'GET, HEAD, OPTIONS' });
  assert.equal(await job.cancellable(), false);
  assert.equal(await job.cancel(), false);
  assert.deepEqual(asked, ['OPTIONS /progress/jobs/job', 'DELETE /progress/jobs/job', 'DELETE /progress/jobs/job']);
  job.close();
});

test('ids are made where there is no secure context, and are of the right shape', () => {
  const ids = new Set(Array.from({ length: 100 }, newJobId));
  assert.equal(ids.size, 100);
  for (const id of ids) assert.match(id, /^[0-9a-f]{32}$/);
});

test('an id with other characters gets no farther than the path of a job', async () => {
  const job = watch('a b?x=1&job=c', options());
  await until(() => server.streamRequests.length === 1);
  assert.equal(server.streamRequests[0].path, '/progress/jobs/a%20b%3Fx%3D1%26job%3Dc/events');
  const good = [watch('a', options()), watch('b', options())];
  await until(() => server.streamRequests.length === 2);
  assert.deepEqual(server.streamRequests[1].params.getAll('job'), ['a', 'b'], 'the server would refuse all for the one');
  for (const each of [job, ...good]) each.close();
});
