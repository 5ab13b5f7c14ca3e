// The client in real engines, at the real starter. Each test is a row of the table in README.md.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { engines } from './engines.js';
import { FlakyProxy } from './flaky-proxy.js';
import { noSample, startSample } from './sample.js';

const KEY = { 'X-API-Key': 'demo-key' };
let sample;
let proxy;

before(async () => {
  if (noSample) return;
  sample = await startSample({
    'progress.sse.retry': '1s', 'progress.sse.heartbeat': '400ms', 'progress.sse.publish-interval': '50ms', 'progress.sse.tickets.ttl': '1s',
    'progress.sse.events-per-job': 32, 'progress.sse.milestones-per-job': 4, 'progress.sse.await-unknown': '1s', 'progress.sse.cancel.enabled': true,
  });
  proxy = await FlakyProxy.start(sample.origin);
  proxy.answer('/half/events', half);
  proxy.answer('/hostile/events', hostile);
});

after(async () => {
  await proxy?.stop();
  await sample?.stop();
});

/** Starts a job at the application itself. */
async function job(steps, delayMs, more = '', headers = {}) {
  const response = await fetch(`${sample.origin}/api/demo?steps=${steps}&delayMs=${delayMs}${more}`, { method: 'POST', headers });
  assert.equal(response.status, 202);
  return response.headers.get('x-job-id');
}

/** What the server says of a job that has ended, from its beginning. */
async function told(id) {
  const text = await (await fetch(`${sample.origin}/progress/jobs/${id}/events`)).text();
  return [...text.matchAll(/^data: (.*)$/gm)].map(([, json]) => JSON.parse(json).completed ?? 0);
}

const isRising = (numbers) => numbers.every((number, i) => i === 0 || number >= numbers[i - 1]);

for (const { name, start, missing } of engines.filter((engine) => !process.env.ENGINE || engine.name === process.env.ENGINE)) {
  const skip = noSample || missing;
  describe(name, { skip }, () => {
    let page;

    before(async () => (page = await start()));
    after(() => page?.quit());

    async function open() {
      await page.open(`${proxy.origin}/test.html`);
      await until(() => page.run(() => window.ready === true));
      proxy.requests = [];
    }

    async function until(condition, time = 15_000) {
      for (const end = Date.now() + time; !(await condition()); ) {
        if (Date.now() > end) throw new Error(`It did not become so: ${condition}`);
        await pause(50);
      }
    }

    const look = (target, options = {}) => page.run((target, options) => { window.seen = look(target, options); }, target, options);
    const count = () => page.run(() => seen.completed.at(-1) ?? 0);
    const outcome = () => page.run(async () => {
      const { state, error, problem, progress } = await Promise.race([seen.watch.ended, new Promise((resolve) => setTimeout(resolve, 25_000, { state: 'none' }))]);
      return { state, error, problem, progress, completed: seen.completed, events: seen.events, calls: seen.calls, faults };
    });

    async function endsWithoutGap(id) {
      const { state, completed, events, faults } = await outcome();
      assert.equal(state, 'done');
      assert.deepEqual(faults, []);
      assert.ok(isRising(completed), `it went back: ${completed}`);
      const all = await told(id);
      assert.deepEqual(all.filter((each) => !events.includes(each)), [], `what the page has missed: it saw ${events}`);
    }

    test('a job is watched to its end', async () => {
      await open();
      const id = await job(5, 50);
      await look(id);
      await endsWithoutGap(id);
    });

    test('a failed job says why', async () => {
      await open();
      await look(await job(5, 20, '&failAt=3'));
      const { state, error, calls } = await outcome();
      assert.deepEqual([state, error.code, calls.at(-1)], ['failed', 'demo-failure', 'end']);
    });

    test('a server that restarts: its port is closed for a while', async () => {
      await open();
      const id = await job(30, 100);
      await look(id);
      await until(async () => (await count()) > 3);
      await proxy.down();
      await pause(1200);
      await proxy.up();
      await endsWithoutGap(id);
    });

    test('a proxy that answers 502 while the server restarts', async () => {
      await open();
      const id = await job(30, 100);
      await look(id);
      await until(async () => (await count()) > 3);
      proxy.refuse = 502;
      proxy.cut();
      await pause(1200);
      proxy.refuse = 0;
      await endsWithoutGap(id);
    });

    test('a proxy that cuts the stream in the middle of a frame', async () => {
      await open();
      const id = await job(20, 100);
      await look(id);
      await until(async () => (await count()) > 3);
      proxy.cutAfter = 1;
      await endsWithoutGap(id);
      assert.equal(proxy.cutAfter, 0);
    });

    test('half a frame that is glued to the next stream', async () => {
      await open();
      await look(`${proxy.origin}/half/events`);
      const { state, faults } = await outcome();
      assert.deepEqual([state, faults], ['done', []]);
    });

    test('a network that swallows everything', async () => {
      await open();
      const id = await job(25, 100);
      await look(id);
      await until(async () => (await count()) > 3);
      proxy.frozen = true;
      await until(() => page.run(() => seen.calls.includes('disconnected')));
      proxy.frozen = false;
      await endsWithoutGap(id);
    });

    test('a cursor that is not good any more', async () => {
      await open();
      await look(await job(5, 50), { lastEventId: 'of-another-server' });
      const { state, calls } = await outcome();
      assert.deepEqual([state, calls.filter((call) => call === 'reset')], ['done', ['reset']]);
    });

    test('an outage that outlasts what the server keeps', async () => {
      await open();
      const id = await job(200, 20);
      await look(id);
      await until(async () => (await count()) > 5);
      const before = await count();
      proxy.refuse = 502;
      proxy.cut();
      await until(async () => (await (await fetch(`${sample.origin}/progress/jobs/${id}`)).json()).completed > 100 + before);
      proxy.refuse = 0;
      const { state, completed } = await outcome();
      assert.equal(state, 'done');
      assert.ok(isRising(completed), `it went back: ${completed}`);
    });

    test('nine jobs at once over HTTP/1.1, and a POST beside them', async () => {
      await open();
      const ids = await Promise.all(Array.from({ length: 9 }, () => job(20, 100)));
      await page.run((ids) => { window.nine = ids.map((id) => look(id)); }, ids);
      await until(() => page.run(() => nine.every((each) => each.completed.length > 0)));
      const streams = proxy.streamUrls.filter((url) => ids.some((id) => url.includes(id)));
      assert.equal(streams.length, 1, streams.join('\n'));
      const status = await page.run(async () => (await fetch('/api/demo?steps=1', { method: 'POST' })).status);
      assert.equal(status, 202);
      assert.deepEqual(await page.run(async () => (await Promise.all(nine.map((each) => each.watch.ended))).map(({ state }) => state)),
        ids.map(() => 'done'));
    });

    test('a job that comes after its stream, which was met by a 503', async () => {
      await open();
      proxy.refuse = 503;
      const id = `late-${Date.now()}-${name}`;
      await look(id);
      await until(() => page.run(() => seen.watch.getSnapshot().connection === 'reconnecting'));
      proxy.refuse = 0;
      await job(3, 50, '', { 'X-Job-Id': id });
      assert.equal((await outcome()).state, 'done');
    });

    test('a job that never comes', async () => {
      await open();
      await look(`never-${Date.now()}-${name}`);
      const { state, problem } = await outcome();
      assert.deepEqual([state, problem.reason], ['unknown', 'not-found']);
    });

    test('work is submitted and watched, and a refusal is told apart from a failure', async () => {
      await open();
      const { taken, refused } = await page.run(async () => {
        const job = await client.submit('/api/demo?steps=3&delayMs=20');
        const refused = await client.submit('/api/demo?steps=0').catch((error) => error);
        return { taken: (await job.ended).state, refused: [refused.name, refused.status] };
      });
      assert.deepEqual([taken, refused], ['done', ['SubmitError', 400]]);
    });

    test('a job is cancelled', async () => {
      await open();
      await look(await job(1000, 50));
      await until(async () => (await count()) > 1);
      assert.deepEqual(await page.run(async () => [await seen.watch.cancellable(), await seen.watch.cancel()]), [true, true]);
      assert.equal((await outcome()).state, 'cancelled');
    });

    test('tickets that expire: each connection has one of its own', async () => {
      await open();
      const id = await job(40, 100, '', KEY);
      await page.run((id, headers) => {
        window.seen = look(async () => {
          const answer = await fetch(`/progress/jobs/${id}/tickets`, { method: 'POST', headers });
          return (await answer.json()).url;
        });
      }, id, KEY);
      await until(async () => (await count()) > 3);
      await pause(1100);
      proxy.cut();
      const { state, completed } = await outcome();
      assert.equal(state, 'done');
      assert.ok(isRising(completed));
      const spent = proxy.requests.filter(({ method, url }) => method === 'POST' && url.endsWith('/tickets'));
      assert.ok(spent.length >= 2, `${spent.length} tickets`);
      await look(`${proxy.origin}/progress/jobs/${id}/events?ticket=spent`);
      const { problem } = await outcome();
      assert.equal(problem.reason, 'unauthorized');
    });

    test('a token in a header', async () => {
      await open();
      const id = await job(20, 50, '', KEY);
      await look(id, { headers: KEY });
      await until(async () => (await count()) > 2);
      proxy.cut();
      assert.equal((await outcome()).state, 'done');
    });

    test('hostile texts', async () => {
      await open();
      await look(`${proxy.origin}/hostile/events`);
      const { state, faults } = await outcome();
      assert.deepEqual([state, faults], ['done', []]);
      assert.equal(await page.run(() => seen.watch.getSnapshot().message), HOSTILE);
    });

    test('a hidden tab sees the end when it is shown again', async () => {
      await open();
      const id = await job(20, 100);
      await look(id);
      await until(async () => (await count()) > 3);
      const { before } = await page.newTab();
      await page.open(`${proxy.origin}/test.html?other`);
      proxy.cut();
      await pause(1000);
      await page.closeTab(before);
      await endsWithoutGap(id);
    });

    test('a page that goes and comes back, from the back/forward cache or not', async (context) => {
      await open();
      const id = await job(20, 100);
      await look(id);
      await page.run(() => { window.addEventListener('pageshow', (event) => { window.persisted = event.persisted; }); });
      await until(async () => (await count()) > 3);
      await page.open(`${proxy.origin}/test.html?other`);
      const streams = () => proxy.streamUrls.filter((url) => url.includes(id));
      await until(() => streams().length === 0, 3000).catch(() => {});
      const left = streams();
      await page.back();
      const cached = await page.run(() => window.persisted === true);
      context.diagnostic(`${name}: ${cached ? 'from the cache' : 'a new page'}`);
      if (cached) {
        assert.deepEqual(left, [], `a page in the cache holds a stream; the job is ${id}`);
        await endsWithoutGap(id);
      } else {
        await until(() => page.run(() => window.ready === true));
        await look(id);
        await endsWithoutGap(id);
      }
    });

    test('a browser that goes offline and comes back', async () => {
      await open();
      const id = await job(25, 100);
      await look(id);
      await until(async () => (await count()) > 3);
      if (page.network) await page.network(true);
      else await proxy.down();
      await pause(1000);
      if (page.network) await page.network(false);
      else {
        await proxy.up();
        await page.run(() => { window.dispatchEvent(new Event('online')); });
      }
      await endsWithoutGap(id);
    });

    /** Tabs that each watch jobs; the first of them leads. The last one is shown. */
    async function tabs(...jobs) {
      await open();
      const { handle: first } = await page.tab();
      const handles = [first];
      for (const [i, job] of jobs.entries()) {
        if (i) {
          handles.push((await page.newTab()).handle);
          await open();
        }
        await look(job);
        await until(() => page.run(() => seen.completed.length > 0));
      }
      return handles;
    }

    const streamsOf = (ids) => proxy.streamUrls.filter((url) => ids.some((id) => url.includes(id)));

    async function closeAll([first, ...others]) {
      for (const handle of others) {
        await page.show(handle);
        await page.closeTab(first);
      }
    }

    test('two tabs of a browser', async () => {
      const id = await job(40, 100);
      const [first, second] = await tabs(id, id);
      assert.equal(streamsOf([id]).length, 1);
      await endsWithoutGap(id);
      await page.closeTab(first);
      await endsWithoutGap(id);
    });

    test('nine tabs with a job each over HTTP/1.1, and a POST beside them', async () => {
      const ids = await Promise.all(Array.from({ length: 9 }, () => job(400, 100)));
      const handles = await tabs(...ids);
      assert.equal(streamsOf(ids).length, 1);
      assert.equal(await page.run(async () => (await fetch('/api/demo?steps=1', { method: 'POST' })).status), 202);
      await Promise.all(ids.map((id) => fetch(`${sample.origin}/progress/jobs/${id}`, { method: 'DELETE' })));
      for (const handle of handles) {
        await page.show(handle);
        const { state, faults } = await outcome();
        assert.deepEqual([state, faults], ['cancelled', []]);
      }
      await closeAll(handles);
    });

    test('the tab that holds the stream is closed', async () => {
      const id = await job(40, 100);
      const [first, second] = await tabs(id, id);
      await page.show(first);
      await page.closeTab(second);
      await endsWithoutGap(id);
      assert.ok(!(await page.run(() => seen.calls)).includes('disconnected'));
    });

    test('the tab that holds the stream crashes', async (context) => {
      if (!page.crash) return context.skip('no way to crash a tab alone');
      const id = await job(60, 100);
      const [first, second] = await tabs(id, id);
      await page.show(first);
      await page.crash();
      await page.closeTab(second).catch(() => page.show(second));
      await endsWithoutGap(id);
    });

    test('the tab that holds the stream hangs', async () => {
      const id = await job(150, 100);
      const [first, second] = await tabs(id, id);
      await page.show(first);
      await page.run(() => { setTimeout(() => { for (const end = Date.now() + 12_000; Date.now() < end; ); }, 100); });
      await page.show(second);
      const before = await count();
      await until(async () => (await count()) > before + 20, 25_000);
      await endsWithoutGap(id);
      await page.closeTab(first);
      await endsWithoutGap(id);
    });
  });
}

const HOSTILE = '<img src=x onerror="faults.push(1)">\n\u2028data: x\u202e';

function hostile(request, response) {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(`retry: 100\n\nevent: done\ndata: ${JSON.stringify({ jobId: 'x', state: 'done', message: HOSTILE })}\nid: 1-1\n\n`);
}

let halves = 0;

function half(request, response) {
  if (!request.headers.accept.includes('event-stream')) return response.writeHead(404).end();
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const bad = `event: done\ndata: {"jobId":"x","sta\nid: 1-1\n\n`;
  const good = `event: done\ndata: {"jobId":"x","state":"done"}\nid: 1-1\n\n`;
  response.write(`retry: 100\n\n${halves++ % 2 === 0 ? bad : good}`);
}
