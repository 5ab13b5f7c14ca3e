// The application is killed in the middle of a job, and started again on its port.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { engines } from './engines.js';
import { noRedis, noSample, startSample } from './sample.js';

const FAST = { 'progress.sse.retry': '1s', 'progress.sse.heartbeat': '500ms', 'progress.sse.publish-interval': '50ms' };
const there = engines.filter(({ name, missing }) => !missing && (!process.env.ENGINE || process.env.ENGINE === name));
const skip = noSample || (there.length === 0 && 'NO BROWSER');

let pages = [];

before(async () => {
  if (!skip) pages = await Promise.all(there.map(async ({ name, start }) => Object.assign(await start(), { name })));
});

after(() => Promise.all(pages.map((page) => page.quit())));

const inEach = (action) => Promise.all(pages.map(action));

async function until(page, condition, ...args) {
  for (const end = Date.now() + 60_000; !(await page.run(condition, ...args)); ) {
    if (Date.now() > end) throw new Error(`It did not become so in ${page.name}: ${condition}; ${JSON.stringify(await page.run(() => seen))}`);
    await pause(100);
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A job of a minute in each browser, under way. */
async function startJobs(sample) {
  const answer = await fetch(`${sample.origin}/api/demo?steps=600&delayMs=100`, { method: 'POST' });
  const id = answer.headers.get('x-job-id');
  await inEach(async (page) => {
    await page.open(`${sample.origin}/`);
    await page.run(async (id) => {
      const { watch } = await import('/progress/client.js');
      window.seen = { completed: [], calls: [] };
      const log = (name) => () => seen.calls.push(name);
      window.bar = document.body.appendChild(document.createElement('progress-sse'));
      bar.watch = watch(id, {
        minDelay: 200, maxDelay: 1000, onProgress: (_, { completed = 0 }) => seen.completed.push(completed),
        onDisconnected: log('disconnected'), onReset: log('reset'), onUnknown: log('unknown'), onLost: log('lost'),
      });
    }, id);
    await until(page, () => seen.completed.at(-1) > 20);
  });
  return id;
}

const said = (page) => page.run(() => ({
  state: bar.getAttribute('state'), text: bar.shadowRoot.querySelector('[part=text]').textContent,
  notice: bar.shadowRoot.querySelector('[part=notice]').textContent, problem: bar.snapshot.problem, ...seen,
}));

test('jobs that were kept in memory are gone, and the page says so', { skip }, async () => {
  const settings = { ...FAST, 'server.port': await freePort() };
  let sample = await startSample(settings);
  try {
    await startJobs(sample);
    await sample.stop('SIGKILL');
    await inEach((page) => until(page, () => bar.getAttribute('state') === 'reconnecting'));
    sample = await startSample(settings);
    await inEach(async (page) => {
      await until(page, () => bar.getAttribute('state') === 'unknown');
      const { text, problem, calls } = await said(page);
      assert.equal(text, 'There is no such job', page.name);
      assert.deepEqual([problem.reason, problem.status], ['not-found', 404], page.name);
      assert.deepEqual(calls, ['disconnected', 'unknown'], page.name);
    });
  } finally {
    await sample.stop('SIGKILL');
  }
});

test('jobs that are kept in Redis are there without a gap, and lost, as their worker is gone',
  { skip: skip || noRedis }, async () => {
    const redis = await startRedis();
    const settings = {
      ...FAST, 'server.port': await freePort(), 'spring.profiles.active': 'redis', 'progress.sse.events-per-job': 1000,
      'progress.sse.redis.enabled': true,
      'spring.data.redis.url': `redis://127.0.0.1:${redis.port}`, 'progress.sse.redis.lease': '6s', 'progress.sse.redis.grace': '6s',
    };
    let sample;
    try {
      sample = await startSample(settings);
      const id = await startJobs(sample);
      await sample.stop('SIGKILL');
      await inEach((page) => until(page, () => bar.getAttribute('state') === 'reconnecting'));
      sample = await startSample(settings);
      await inEach((page) => until(page, () => seen.calls.includes('lost') && bar.getAttribute('state') === 'lost'));
      const all = await told(`${sample.origin}/progress/jobs/${id}/events`);
      await inEach(async (page) => {
        const { notice, completed, calls } = await said(page);
        assert.equal(notice, 'The server that did this work is gone', page.name);
        assert.deepEqual(calls, ['disconnected', 'lost'], page.name);
        assert.deepEqual(completed.filter((each, i) => each !== completed[i - 1]), all, page.name);
      });
    } finally {
      await sample?.stop('SIGKILL');
      await redis.stop();
    }
  });

/** How far the job came, as a stream has it from its beginning, until it says that the worker is gone. */
async function told(url) {
  const completed = [];
  let text = '';
  for await (const chunk of (await fetch(url)).body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (text.includes('"state":"lost"')) break;
  }
  for (const [, json] of text.matchAll(/^data: (\{.*\})$/gm)) completed.push(JSON.parse(json).completed ?? 0);
  return completed.filter((each, i) => each !== completed[i - 1]);
}

async function startRedis() {
  const port = await freePort();
  const server = spawn('redis-server', ['--port', port, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], { stdio: 'ignore' });
  const ended = once(server, 'exit');
  const kill = () => server.kill('SIGKILL');
  process.on('exit', kill);
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    const there = await new Promise((resolve) => socket.once('connect', () => resolve(true)).once('error', () => resolve(false)));
    socket.destroy();
    if (there) break;
    await pause(50);
  }
  return {
    port,
    async stop() {
      process.off('exit', kill);
      server.kill();
      await ended;
    },
  };
}
