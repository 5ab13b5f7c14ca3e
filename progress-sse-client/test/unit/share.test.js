// Tabs of a browser share a stream. Each tab here is a thread; each frozen one does stand still.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { FakeBrowser } from './fake-browser.js';
import { ScriptedServer, ended, json, open, running, send } from './scripted-server.js';
import { until } from './helpers.js';

let server;
let browser;
let options;

beforeEach(async () => {
  server = await ScriptedServer.start();
  server.script = [(_, response) => open(response, { heartbeatMs: 200_000 })];
  browser = new FakeBrowser();
  options = { base: server.base };
});

afterEach(async () => {
  await browser.quit();
  await server.stop();
});

/** The events of a job, which go on where they are asked to. */
let known;

function remembers(events) {
  known = events;
  server.script = [(request, response) => {
    open(response, { heartbeatMs: 200_000 });
    const seen = request.headers['last-event-id'] ?? request.params.get('lastEventId');
    send(response, ...known.filter(({ id }) => !seen || Number(id.split('-')[1]) > Number(seen.split('-')[1])));
  }];
}

function tell(event) {
  known.push(event);
  server.send(event);
}

const opened = (job) => until(() => job.state.connection === 'open');
const jobsOf = (request) => request.params.getAll('job').join() || request.path.split('/')[3];

test('nine tabs with a job each, and nine with the same job, have one stream', async () => {
  const tabs = await Promise.all(Array.from({ length: 9 }, () => browser.open()));
  const own = tabs.map((tab, i) => tab.watch(`job-${i}`, options));
  await Promise.all(own.map(opened));
  assert.equal(server.streams.size, 1);
  const same = tabs.map((tab) => tab.watch('job', options));
  await Promise.all(same.map(opened));
  assert.equal(server.streams.size, 1);
  const ids = server.streamRequests.at(-1).params.getAll('job');
  assert.equal(ids.length, 10);
  server.send(...ids.map((id, i) => ({ jobId: id, state: 'done', completed: i, id: ids.map((_, k) => (k <= i ? 'rs.1' : '-')).join('~') })));
  await until(() => [...own, ...same].every(({ calls }) => calls.at(-1) === 'end'));
  assert.deepEqual(own.map(({ state }) => state.jobId), tabs.map((_, i) => `job-${i}`));
  await until(() => server.streams.size === 0 && browser.locks === 0);
  assert.deepEqual(tabs.flatMap(({ faults }) => faults), []);
});

test('a tab that comes later is told all from the beginning, and the others nothing twice', async () => {
  remembers([running(1), running(2)]);
  const [one, two] = [await browser.open(), await browser.open()];
  const first = one.watch('job', options);
  await until(() => first.progress.length === 2);
  const second = two.watch('job', options);
  await until(() => second.progress.length === 2);
  server.send(running(3));
  await until(() => second.progress.length === 3 && first.progress.length === 3);
  assert.deepEqual([first.progress, second.progress], [[1, 2, 3], [1, 2, 3]]);
  assert.equal(server.streams.size, 1);
});

test('a tab that comes while events come misses none', async () => {
  remembers([]);
  const tabs = await Promise.all(Array.from({ length: 4 }, () => browser.open()));
  const jobs = [];
  let n = 0;
  const timer = setInterval(() => {
    tell(running(++n));
  }, 1);
  for (const tab of tabs) {
    jobs.push(tab.watch('job', options));
    await until(() => jobs.every(({ progress }) => progress.at(-1) > n - 20) && n > 50 * jobs.length);
  }
  clearInterval(timer);
  await until(() => jobs.every(({ progress }) => progress.at(-1) === n));
  for (const { progress } of jobs) assert.deepEqual(progress, known.map((_, i) => i + 1));
});

test('a job that a tab adds begins at its beginning, though the leader tells of it already', async () => {
  const one = await browser.open();
  const two = await browser.open({ slow: 60 });
  const first = one.watch('job', options);
  await opened(first);
  const other = two.watch('other', options);
  await opened(other);
  server.script = [(_, response) => {
    open(response, { heartbeatMs: 200_000 });
    send(response, ...Array.from({ length: n }, (_, i) => ofMany(i + 1)));
  }];
  let n = 0;
  const ofMany = (k) => ({ ...running(k), id: `rs.${k.toString(36)}~-` });
  const timer = setInterval(() => server.send(ofMany(++n)), 2);
  await until(() => first.progress.length > 3);
  const second = two.watch('job', options);
  await until(() => second.progress.length > 20 && second.progress.at(-1) > n - 20);
  clearInterval(timer);
  await until(() => second.progress.at(-1) === n);
  assert.deepEqual(second.progress, Array.from({ length: n }, (_, i) => i + 1));
});

test('what was lost on the way to a tab is told again', async () => {
  remembers([running(1)]);
  const [one, two] = [await browser.open(), await browser.open()];
  const first = one.watch('job', options);
  await opened(first);
  const second = two.watch('job', options);
  await until(() => second.progress.length === 1);
  two.lose();
  tell(running(2));
  await until(() => first.progress.length === 2);
  tell(running(3));
  await until(() => second.progress.length === 3 && first.progress.length === 3);
  assert.deepEqual([first.progress, second.progress], [[1, 2, 3], [1, 2, 3]]);
});

test('who joins has the stream opened anew, so that the server judges by the cookies of that moment', async () => {
  const [one, two] = [await browser.open(), await browser.open()];
  await opened(one.watch('job', options));
  assert.equal(server.streamRequests.length, 1);
  await opened(two.watch('job', options));
  assert.equal(server.streamRequests.length, 2);
});

for (const [name, go] of [
  ['is closed', (tab) => { tab.tell('pagehide', { persisted: false }); return tab.crash(); }],
  ['has crashed', (tab) => tab.crash()],
  ['is frozen', (tab) => tab.freeze()],
]) {
  test(`when the tab that leads ${name}, another one goes on without a gap`, async () => {
    remembers([running(1), running(2)]);
    const [one, two, three] = [await browser.open(), await browser.open(), await browser.open()];
    await opened(one.watch('job', options));
    const [second, third] = [two, three].map((tab) => tab.watch('job', options));
    await until(() => second.progress.length === 2 && third.progress.length === 2);
    const before = server.streamRequests.length;
    await go(one);
    tell(running(3));
    tell(running(4));
    await until(() => second.progress.length === 4 && third.progress.length === 4);
    assert.deepEqual([second.progress, third.progress], [[1, 2, 3, 4], [1, 2, 3, 4]]);
    assert.equal(server.streamRequests[before].params.get('lastEventId'), '1000-2');
    assert.deepEqual(second.calls, ['connected']);
    if (name === 'is frozen') {
      one.thaw();
      tell(running(5));
      await until(() => [one.jobs.job, second, third].every(({ progress }) => progress.at(-1) === 5));
      await until(() => server.streams.size === 1);
      assert.deepEqual(one.jobs.job.progress.filter((n, i, all) => i && n <= all[i - 1]), []);
    }
    tell(ended(6));
    await until(() => second.calls.at(-1) === 'end' && third.calls.at(-1) === 'end');
    await until(() => server.streams.size === 0);
  });
}

test('a tab whose job has ended leads on as long as another one needs it', async () => {
  const [one, two] = [await browser.open(), await browser.open()];
  const first = one.watch('a', options);
  await opened(first);
  const second = two.watch('b', options);
  await opened(second);
  const requests = server.streamRequests.length;
  server.send({ jobId: 'a', state: 'done', id: 'rs.1~-' });
  await until(() => first.calls.at(-1) === 'end');
  server.send({ jobId: 'b', state: 'done', id: 'rs.1~rs.2' });
  await until(() => second.calls.at(-1) === 'end');
  assert.equal(server.streamRequests.length, requests);
  await until(() => server.streams.size === 0 && browser.locks === 0);
});

test('what a crashed tab has watched is left out of the next stream', async () => {
  const [one, two] = [await browser.open(), await browser.open()];
  await opened(one.watch('a', options));
  await opened(two.watch('b', options));
  await two.crash();
  await opened(one.watch('c', options));
  assert.equal(jobsOf(server.streamRequests.at(-1)), 'a,c');
});

test('what a tab does not watch any more is left out of the next stream', async () => {
  const [one, two] = [await browser.open(), await browser.open()];
  await opened(one.watch('a', options));
  await opened(two.watch('b', options));
  await opened(two.watch('c', options));
  two.unwatch('b');
  await opened(two.watch('d', options));
  assert.equal(jobsOf(server.streamRequests.at(-1)), 'a,c,d');
});

test('a page in the back/forward cache has no lock and no stream, and goes on when it is shown', async () => {
  const tab = await browser.open();
  const job = tab.watch('job', options);
  await opened(job);
  server.send(running(1));
  await until(() => job.progress.length === 1);
  tab.tell('pagehide', { persisted: true });
  await until(() => server.streams.size === 0 && browser.locks === 0);
  tab.tell('pageshow', { persisted: true });
  await until(() => server.streams.size === 1);
  assert.equal(server.streamRequests.at(-1).params.get('lastEventId'), '1000-1');
  server.send(ended(2));
  await until(() => job.calls.at(-1) === 'end');
  await until(() => browser.locks === 0);
});

test('a tab in the back/forward cache does not keep the others from their stream', async () => {
  const [one, two] = [await browser.open(), await browser.open()];
  await opened(one.watch('job', options));
  const second = two.watch('job', options);
  await opened(second);
  one.tell('pagehide', { persisted: true });
  await until(() => server.streamRequests.length === 3);
  server.send(running(1));
  await until(() => second.progress.length === 1);
});

test('an outage is told to all tabs, and its end', async () => {
  const [one, two] = [await browser.open(), await browser.open()];
  const jobs = [one.watch('job', options), two.watch('job', options)];
  await Promise.all(jobs.map(opened));
  server.script = [(_, response) => json(response, 502, {})];
  server.status = (_, response) => json(response, 503, {});
  server.cut();
  await until(() => jobs.every(({ state }) => state.connection === 'reconnecting' && state.problem.status === 503));
  server.status = (_, response) => json(response, 304);
  server.script = [(_, response) => { open(response); send(response, ended(1)); }];
  await until(() => jobs.every(({ calls }) => calls.at(-1) === 'end'));
});

test('a tab that is shown does not wait for the slow timers of a hidden leader', async () => {
  const [one, two] = [await browser.open(), await browser.open()];
  const slow = { ...options, minDelay: 400_000, maxDelay: 400_000 };
  await opened(one.watch('job', slow));
  const second = two.watch('job', slow);
  await opened(second);
  server.script = [(_, response) => json(response, 502, {}), (_, response) => { open(response); send(response, ended(1)); }];
  server.cut();
  await until(() => second.state.connection === 'reconnecting' && server.streamRequests.length === 3);
  two.tell('visibilitychange');
  await until(() => second.calls.at(-1) === 'end');
});

test('a caller who is refused is told why in each tab', async () => {
  const [one, two] = [await browser.open(), await browser.open()];
  server.script = [(_, response) => json(response, 403, {})];
  server.status = (_, response) => json(response, 403, { title: 'No' });
  const jobs = [one.watch('a', options), two.watch('b', options)];
  await until(() => jobs.every(({ calls }) => calls.at(-1) === 'unknown'));
  assert.deepEqual(jobs.map(({ state }) => state.problem), Array(2).fill({ reason: 'forbidden', status: 403, title: 'No' }));
});

for (const [name, more] of [
  ['callers that say in a header who they are', { headers: { authorization: 'Bearer of-this-tab' } }],
  ['those who want their own', { tabs: false }],
]) {
  test(`no stream is shared among ${name}`, async () => {
    const [one, two] = [await browser.open(), await browser.open()];
    await opened(one.watch('job', { ...options, ...more }));
    await opened(two.watch('job', { ...options, ...more }));
    assert.equal(server.streams.size, 2);
    assert.equal(browser.locks, 0);
  });
}

test('cookies of another origin are not shared with those who send none', async () => {
  const [one, two] = [await browser.open(), await browser.open()];
  await opened(one.watch('job', options));
  await opened(two.watch('job', { ...options, credentials: 'include' }));
  assert.equal(server.streams.size, 2);
});

test('where there are no locks, or none for this page, each tab has its own stream', async () => {
  const without = await browser.open({ locks: false });
  await opened(without.watch('job', options));
  browser.refusesLocks = true;
  const refused = await browser.open();
  await opened(refused.watch('job', options));
  assert.equal(server.streams.size, 2);
  assert.deepEqual([...without.faults, ...refused.faults], []);
});

test('tabs that do not hear each other end up with a stream each', async () => {
  remembers([]);
  const [one, two] = [await browser.open({ deaf: true }), await browser.open({ deaf: true })];
  const jobs = [one.watch('job', options), two.watch('job', options)];
  await until(() => server.streams.size === 2 && jobs.every(({ state }) => state.connection === 'open'));
  tell(ended(1));
  await until(() => jobs.every(({ calls }) => calls.at(-1) === 'end'));
});
