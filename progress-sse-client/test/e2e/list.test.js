// A page with all jobs of its user, in all engines.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { blocksOf } from '../docs.js';
import { servePages } from './element/page-server.js';
import { engines } from './engines.js';
import { json, open, running, send } from '../unit/scripted-server.js';

/** The page of the documentation. */
const [{ code: PAGE }] = (await blocksOf('lists.md')).filter(({ lang }) => lang === 'html');

let server;
let asked = [];
let stream;
/** What each stream begins with; without it there is none. */
let begin;

before(async () => (server = await servePages((request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://here');
  if (pathname === '/page') response.writeHead(200, { 'content-type': 'text/html' }).end(`<!doctype html><html lang="en">${PAGE.replace('/progress/', '/')}</html>`);
  else if (pathname === '/jobs') json(response, 200, { jobs: [of('polled', 7)], next: null });
  else if (pathname !== '/events' || !begin) response.writeHead(503).end();
  else {
    asked.push(request.headers['last-event-id'] ?? searchParams.get('lastEventId'));
    stream = response;
    open(response);
    send(response, ...begin);
  }
})));
after(() => server.close());

const of = (jobId, n, id, more) => running(n, { jobId, job: jobId, message: `page ${n}`, id, ...more });

for (const { name, start, missing } of engines.filter((engine) => !process.env.ENGINE || engine.name === process.env.ENGINE)) {
  describe(name, { skip: missing }, () => {
    let page;

    before(async () => (page = await start()));
    after(() => page?.quit());
    afterEach(() => stream?.destroy());

    async function shows(...rows) {
      let found;
      for (const end = Date.now() + 20_000; Date.now() < end; await pause(50)) {
        found = await page.run(() => [...document.querySelectorAll('#jobs li')].map((row) => row.textContent));
        if (found.join() === rows.join()) return;
      }
      assert.deepEqual(found, rows);
    }

    test('its page shows jobs that come, change and end, and goes on where a stream was cut', async () => {
      asked = [];
      begin = [{ event: 'listed', jobs: 1, id: 's0' }, of('a', 1, 's0~a1')];
      await page.open(`${server.origin}/page`);
      await shows('a: running page 1');
      send(stream, of('b', 1, 's1~a1~b1'), of('a', 2, 's1~b1', { state: 'done' }));
      await shows('a: done page 2', 'b: running page 1');
      begin = [{ event: 'listed', jobs: 1, id: 's1~b1' }, of('b', 3, 's1~b3')];
      stream.destroy();
      await shows('a: done page 2', 'b: running page 3');
      assert.equal(asked.at(-1), 's1~b1');
    });

    test('its page asks for the list where there is no stream', async () => {
      begin = undefined;
      await page.open(`${server.origin}/page`);
      await shows('polled: running page 7');
    });
  });
}
