// What a page sees when a stream breaks: each of these was wrong once.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { watch, watchMany } from '../../src/client.js';
import { ScriptedServer, ended, json, open, ping, running, send } from './scripted-server.js';
import { fakePage, recorder, until } from './helpers.js';

const FAST = { minDelay: 20, maxDelay: 40 };
let server;

beforeEach(async () => (server = await ScriptedServer.start()));
afterEach(() => server.stop());

test('the bar does not go back after an outage, and notes of that time are not lost', async () => {
  const seen = recorder();
  server.script = [
    (_, response) => { open(response); send(response, running(10), running(22)); },
    (_, response) => json(response, 502, {}),
    (_, response) => {
      open(response);
      send(response, running(50, { note: { level: 'warning', text: 'meanwhile' } }), running(90), running(99), ended(100));
    },
  ];
  server.status = (_, response) => json(response, 200, withoutId(running(95)), { etag: '"1000-95"' });
  const job = watch('job', { base: server.base, ...FAST, ...seen.handlers });
  await until(() => job.getSnapshot().completed === 22);
  server.cut();
  const last = await job.ended;
  assert.deepEqual(seen.progress.map((p) => p * 100), [10, 22, 95, 95, 95, 99, 100]);
  assert.deepEqual(last.notes, [{ level: 'warning', text: 'meanwhile' }]);
  assert.equal(server.streamRequests.at(-1).params.get('lastEventId'), '1000-22');
});

test('an end that the status knows of does not keep what was before it from being told', async () => {
  const note = { level: 'warning', text: 'meanwhile' };
  server.script = [
    (_, response) => { open(response); send(response, running(1)); },
    (_, response) => json(response, 502, {}),
    (_, response) => { open(response); send(response, running(2, { note }), ended(3)); },
  ];
  server.status = (_, response) => json(response, 200, withoutId(ended(3)), { etag: '"1000-3"' });
  const job = watch('job', { base: server.base, ...FAST });
  await until(() => job.getSnapshot().completed === 1);
  server.cut();
  assert.deepEqual((await job.ended).notes, [note]);
});

test('a job that is not there yet is waited for, whatever the stream was met by', async () => {
  server.script = [
    (_, response) => json(response, 503, {}),
    (_, response) => { open(response); send(response, running(1), ended(2)); },
  ];
  const job = watch('job', { base: server.base, ...FAST });
  assert.equal((await job.ended).state, 'done');
  assert.equal(server.statusRequests.length, 1);
});

test('a job that never comes is not waited for for ever', async () => {
  server.script = [(_, response) => json(response, 404, {})];
  const job = watch('job', { base: server.base, ...FAST, await: 100 });
  const { state, problem } = await job.ended;
  assert.equal(state, 'unknown');
  assert.deepEqual(problem, { reason: 'not-found', status: 404, title: 'Unknown job' });
});

test('nine jobs share one stream, whether they are watched by id or by URL', async () => {
  const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'];
  const jobs = ids.map((id) => watch(id < 'e' ? id : `${server.base}/jobs/${id}/events`, { base: server.base, ...FAST }));
  await until(() => jobs.every((job) => job.getSnapshot().connection === 'open'));
  assert.equal(server.streams.size, 1);
  const [request] = server.streamRequests;
  assert.deepEqual(request.params.getAll('job'), ids);
  ids.forEach((id, i) => {
    const cursor = ids.map((_, k) => (k <= i ? 'rs.1' : '-')).join('~');
    server.send({ jobId: id, state: 'done', id: cursor });
  });
  const states = await Promise.all(jobs.map((job) => job.ended));
  assert.deepEqual(states.map((each) => each.jobId), ids);
  await until(() => server.streams.size === 0);
});

test('a job that comes later joins the stream, and those before it go on where they were', async () => {
  const first = watch('a', { base: server.base, ...FAST });
  await until(() => server.streams.size === 1);
  server.send({ jobId: 'a', state: 'running', progress: 0.5, id: '1000-7' });
  await until(() => first.getSnapshot().progress === 0.5);
  const second = watch('b', { base: server.base, ...FAST });
  await until(() => server.streamRequests.length === 2);
  assert.deepEqual(server.streamRequests[1].params.getAll('job'), ['a', 'b']);
  assert.equal(server.streamRequests[1].params.get('lastEventId'), 'rs.7~-');
  await until(() => second.getSnapshot().connection === 'open' && server.streams.size === 1);
  first.close();
  second.close();
});

test('the stream of many jobs does not stop at the first end', async () => {
  const many = watchMany(['a', 'b'], { base: server.base, ...FAST });
  await until(() => server.streams.size === 1);
  server.send({ jobId: 'a', state: 'done', id: 'rs.1~-' });
  await many.get('a').ended;
  server.send({ jobId: 'b', state: 'running', progress: 0.3, id: 'rs.1~rs.2' });
  await until(() => many.get('b').getSnapshot().progress === 0.3);
  server.send({ jobId: 'b', state: 'failed', error: { code: 'x', message: 'no' }, id: 'rs.1~rs.3' });
  assert.equal((await many.get('b').ended).error.message, 'no');
});

test('a job that is left alone goes on where it was on the stream of many', async () => {
  const many = watchMany(['a', 'b'], { base: server.base, ...FAST });
  await until(() => server.streams.size === 1);
  server.send({ jobId: 'b', state: 'running', progress: 0.5, id: '-~rs.7' });
  await until(() => many.get('b').getSnapshot().progress === 0.5);
  many.get('a').close();
  server.status = (_, response) => json(response, 304);
  server.script = [(_, response) => json(response, 503, {}), (_, response) => open(response)];
  server.cut();
  await until(() => server.streamRequests.length === 3);
  const { path, params } = server.streamRequests[2];
  assert.deepEqual([path, params.get('lastEventId')], ['/progress/jobs/b/events', '1000-7']);
  many.close();
});

test('a URL of many jobs is told apart from that of one', () => {
  assert.throws(() => watch(`${server.base}/events?job=a&job=b`), /watchMany/);
});

test('each request takes a ticket of its own, and a ticket that is refused is asked for again', async () => {
  let tickets = 0;
  const good = new Set(['1', '2', '5', '6']);
  const isGood = (request, response) => {
    const ticket = request.params.get('ticket');
    if (good.delete(ticket)) return true;
    json(response, 401, { title: 'Not signed in' });
    return false;
  };
  server.script = [(request, response) => {
    if (!isGood(request, response)) return;
    open(response);
    if (request.params.get('lastEventId')) send(response, ended(9));
    else send(response, running(4));
  }];
  server.status = (request, response) => isGood(request, response) && json(response, 200, withoutId(running(5)), { etag: '"1000-5"' });
  const job = watch(async () => `${server.base}/jobs/job/events?ticket=${++tickets}`, FAST);
  await until(() => job.getSnapshot().completed === 4);
  server.cut();
  assert.equal((await job.ended).state, 'done');
  // 1: stream, 2: status, 3: stream, refused, 4: status, refused, 5: status, 6: stream
  assert.equal(tickets, 6);
});

test('a caller who is refused again and again is told why', async () => {
  server.script = [(_, response) => json(response, 401, {})];
  server.status = (_, response) => json(response, 401, { title: 'Not signed in' });
  const job = watch(() => `${server.base}/own/job`, FAST);
  assert.deepEqual((await job.ended).problem, { reason: 'unauthorized', status: 401, title: 'Not signed in' });
  assert.equal(server.statusRequests.length, 2);
});

test('half a frame is no event: the stream is resumed before it', async () => {
  const seen = recorder();
  server.script = [
    (_, response) => {
      open(response);
      send(response, running(1));
      response.write('event: progress\ndata: {"jobId":"job","sta\nid: 1000-2\n\n');
    },
    (_, response) => { open(response); send(response, running(2), ended(3)); },
  ];
  server.status = (_, response) => json(response, 304);
  const job = watch('job', { base: server.base, ...FAST, ...seen.handlers });
  await job.ended;
  assert.equal(server.streamRequests[1].params.get('lastEventId'), '1000-1');
  assert.deepEqual(seen.errors, []);
  assert.deepEqual(seen.progress.map((p) => p * 100), [1, 2, 100]);
});

test('an event that is no JSON each time does not keep those behind it from coming', async () => {
  server.script = [(_, response) => {
    open(response);
    response.write('event: progress\ndata: no json\nid: 1000-1\n\n');
    send(response, ended(2));
  }];
  server.status = (_, response) => json(response, 200, withoutId(running(1)), { etag: '"1000-1"' });
  const job = watch('job', { base: server.base, ...FAST });
  assert.equal((await job.ended).state, 'done');
  assert.equal(server.streamRequests.length, 2);
});

test('silence is measured by the heartbeat that the server tells', async () => {
  server.script = [
    (_, response) => { open(response, { heartbeatMs: 50 }); send(response, running(1)); },
    (_, response) => { open(response, { heartbeatMs: 50 }); send(response, ended(2)); },
  ];
  server.status = (_, response) => json(response, 200, withoutId(running(1)), { etag: '"1000-1"' });
  const begin = performance.now();
  await watch('job', { base: server.base, ...FAST }).ended;
  const took = performance.now() - begin;
  assert.ok(took >= 150, `it gave up after ${took} ms, before three heartbeats`);
  assert.ok(took < 3000, `it noticed after ${took} ms only`);
});

test('heartbeats keep a quiet stream', async () => {
  server.script = [(_, response) => {
    open(response, { heartbeatMs: 60 });
    let pings = 0;
    const timer = setInterval(() => (++pings < 8 ? ping(response, { heartbeatMs: 60 }) : (clearInterval(timer), send(response, ended(1)))), 60);
  }];
  const seen = recorder();
  await watch('job', { base: server.base, ...FAST, ...seen.handlers }).ended;
  assert.equal(server.streamRequests.length, 1);
  assert.deepEqual(seen.calls.filter((call) => call.includes('onnect')), ['onConnected']);
});

test('a network that comes back is used at once', async () => {
  const page = fakePage();
  try {
    server.script = [
      (_, response) => { open(response); send(response, running(1)); },
      (_, response) => { open(response); send(response, ended(2)); },
    ];
    const job = watch('job', { base: server.base, minDelay: 60_000 });
    await until(() => job.getSnapshot().completed === 1);
    page.tell('online');
    assert.equal((await job.ended).state, 'done');
    assert.equal(server.streamRequests[1].params.get('lastEventId'), '1000-1');
  } finally {
    page.remove();
  }
});

test('what a stream says after it was closed is not heard', async () => {
  const page = fakePage();
  const sources = [];
  globalThis.EventSource = class extends EventTarget {
    readyState = 1;
    constructor() {
      super();
      sources.push(this);
    }
    close() {
      // As WebKit does in a page that comes back from its cache.
      this.onerror(new Event('error'));
    }
  };
  try {
    const seen = recorder();
    const job = watch('job', { base: server.base, ...FAST, ...seen.handlers });
    await until(() => sources.length === 1);
    sources[0].onopen();
    page.tell('online');
    await until(() => sources.length === 2);
    assert.deepEqual(seen.calls, ['onConnected']);
    job.close();
  } finally {
    delete globalThis.EventSource;
    page.remove();
  }
});

test('a page that is shown again does not wait for the next try; one that has its stream keeps it', async () => {
  const page = fakePage();
  try {
    server.script = [
      (_, response) => json(response, 503, {}),
      (_, response) => { open(response); send(response, running(1)); },
    ];
    const job = watch('job', { base: server.base, minDelay: 60_000 });
    await until(() => job.getSnapshot().connection === 'reconnecting');
    page.tell('visibilitychange');
    await until(() => job.getSnapshot().completed === 1);
    page.tell('visibilitychange');
    server.send(ended(2));
    await job.ended;
    assert.equal(server.streamRequests.length, 2);
  } finally {
    page.remove();
  }
});

test('a page in the back/forward cache has no stream, and goes on when it is shown', async () => {
  const page = fakePage();
  try {
    const job = watch('job', { base: server.base, ...FAST });
    await until(() => server.streams.size === 1);
    page.tell('pagehide', { persisted: true });
    await until(() => server.streams.size === 0);
    page.tell('pageshow', { persisted: true });
    await until(() => server.streams.size === 1);
    job.close();
    await until(() => server.streams.size === 0);
    assert.equal(page.listeners(), 0, 'a watch that is over leaves nothing behind');
  } finally {
    page.remove();
  }
});

test('what a handler throws while the client polls is reported, and does not end the watch', async () => {
  const errors = [];
  server.script = [(_, response) => json(response, 500, {})];
  let polls = 0;
  server.status = (_, response) => {
    const event = ++polls < 3 ? running(polls) : ended(polls);
    json(response, 200, withoutId(event), { etag: `"1000-${polls}"`, 'retry-after': '0' });
  };
  const job = watch('job', {
    base: server.base, ...FAST,
    onProgress() { throw new Error('of the page'); },
    onError: (error) => errors.push(error.message),
  });
  assert.equal((await job.ended).state, 'done');
  assert.deepEqual(errors, ['of the page', 'of the page', 'of the page']);
});

test('where nothing can be streamed it polls, and says so', async () => {
  const seen = recorder();
  server.script = [(_, response) => json(response, 500, {})];
  let polls = 0;
  server.status = (_, response) => {
    const event = ++polls < 5 ? running(polls) : ended(polls);
    json(response, 200, withoutId(event), { etag: `"1000-${polls}"`, 'retry-after': polls < 4 ? '0' : '1' });
  };
  const job = watch('job', { base: server.base, ...FAST, maxDelay: 100_000, ...seen.handlers });
  await until(() => job.getSnapshot().connection === 'polling');
  await job.ended;
  assert.ok(server.streamRequests.length <= 2, 'it goes on trying without pause');
});

test('an overloaded server is left alone as long as it asks', async () => {
  server.script = [(_, response) => json(response, 429, {}), (_, response) => { open(response); send(response, ended(1)); }];
  const asked = [];
  server.status = (_, response) => {
    asked.push(performance.now());
    if (asked.length < 2) json(response, 429, {}, { 'retry-after': '1' });
    else json(response, 200, withoutId(running(0)));
  };
  await watch('job', { base: server.base, ...FAST }).ended;
  assert.ok(asked[1] - asked[0] >= 990, `it came back after ${asked[1] - asked[0]} ms`);
});

test('the time to come back that the server tells holds for new streams, too', async () => {
  server.script = [
    (_, response) => { open(response, { retryMs: 400 }); send(response, running(1)); },
    (_, response) => json(response, 503, {}),
    (_, response) => { open(response); send(response, ended(2)); },
  ];
  const at = [];
  server.status = (_, response) => { at.push(performance.now()); json(response, 304); };
  const job = watch('job', { base: server.base, ...FAST });
  await until(() => job.getSnapshot().completed === 1);
  server.cut();
  await until(() => server.streamRequests.length === 2);
  const refused = performance.now();
  await job.ended;
  assert.ok(at[0] - refused >= 350, `it came back after ${at[0] - refused} ms`);
});

for (const [status, reason] of [[401, 'unauthorized'], [403, 'forbidden'], [400, 'refused']]) {
  test(`a ${status} is for good, and the page is told why`, async () => {
    const seen = recorder();
    server.script = [(_, response) => json(response, status, {})];
    server.status = (_, response) => json(response, status, { title: 'No' });
    const job = watch('job', { base: server.base, ...FAST, ...seen.handlers });
    const { state, problem, connection } = await job.ended;
    assert.deepEqual({ state, problem, connection }, { state: 'unknown', problem: { reason, status, title: 'No' }, connection: 'closed' });
    assert.deepEqual(seen.calls, ['onUnknown']);
  });
}

test('a server that is away is sought until it is back', async () => {
  const port = server.port;
  const job = watch('job', { base: server.base, ...FAST });
  await until(() => server.streams.size === 1);
  await server.stop();
  await until(() => job.getSnapshot().problem?.reason === 'network');
  server = await ScriptedServer.start(port);
  server.status = (_, response) => json(response, 200, withoutId(running(1)));
  server.script = [(_, response) => { open(response); send(response, ended(2)); }];
  assert.equal((await job.ended).state, 'done');
});

test('a stream that was lost for good events says so once, and does not show them again', async () => {
  const seen = recorder();
  server.script = [
    (_, response) => { open(response); send(response, running(50)); },
    (_, response) => {
      open(response);
      send(response, { event: 'reset', jobId: 'job', reason: 'stale' }, running(1, { phase: 'first' }), running(80), ended(90));
    },
  ];
  const job = watch('job', { base: server.base, ...FAST, ...seen.handlers });
  await until(() => job.getSnapshot().completed === 50);
  server.cut();
  await job.ended;
  assert.deepEqual(seen.progress.map((p) => Math.round(p * 100)), [50, 80, 100]);
  assert.equal(seen.calls.filter((call) => call === 'onReset').length, 1);
});

test('nothing is asked for behind the end', async () => {
  server.script = [(_, response) => { open(response); send(response, ended(1)); response.end(); }];
  await watch('job', { base: server.base, ...FAST }).ended;
  await new Promise((resolve) => setTimeout(resolve, 150));
  assert.equal(server.requests.length, 1);
});

test('a 204 leads to the end that was missed', async () => {
  server.script = [(_, response) => { response.writeHead(204); response.end(); }];
  server.status = (_, response) => json(response, 200, withoutId(ended(7)), { etag: '"1000-7"' });
  assert.equal((await watch('job', { base: server.base, ...FAST, lastEventId: '1000-6' }).ended).completed, 7);
});

function withoutId({ id, ...event }) {
  return event;
}
