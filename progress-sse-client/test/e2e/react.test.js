import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build, preview } from 'vite';
import { noChromium, openChromium } from './element/browser.js';
import { noSample, startSample } from './sample.js';
import { until } from '../unit/helpers.js';

const ROOT = fileURLToPath(new URL('react-page', import.meta.url));

const skip = noChromium || noSample;
const complaints = [];
let folder;
let sample;
let site;
let browser;

before(async () => {
  if (skip) return console.error(`!!! ${skip}`);
  folder = await mkdtemp(join(tmpdir(), 'react-page-'));
  [sample, browser] = await Promise.all([startSample({ 'sample.process.crawl-delay': '10ms' }), openChromium(), buildPage()]);
  // A proxy that changed the host would make the page a foreign one.
  const proxy = Object.fromEntries(['/api', '/progress'].map((path) => [path, { target: sample.origin, changeOrigin: false }]));
  site = await preview({ root: ROOT, configFile: false, logLevel: 'silent', build: { outDir: folder }, preview: { port: 0, proxy } });
});

after(async () => {
  await browser?.close();
  await site?.close();
  await sample?.stop();
  if (folder) await rm(folder, { recursive: true });
});

async function open(query = '') {
  const page = await browser.newPage();
  page.faults = [];
  page.streams = new Set();
  page.on('pageerror', (error) => page.faults.push(error.message));
  page.on('request', (request) => {
    if (request.headers().accept === 'text/event-stream') page.streams.add(request);
  });
  for (const end of ['requestfailed', 'requestfinished']) page.on(end, (request) => page.streams.delete(request));
  page.settled = () => until(() => page.streams.size === 0);
  await page.goto(site.resolvedUrls.local[0] + query);
  return page;
}

const text = (page, selector, expected) =>
  page.waitForFunction(([where, what]) => new RegExp(what).test(document.querySelector(where)?.textContent ?? ''), [selector, expected.source]);

test('the page is built without complaints', { skip }, () => assert.deepEqual(complaints, []));

test('a hook of an API as its users write it shows the work from its start to its summary', { skip }, async () => {
  const page = await open('?process');
  await text(page, '#process output', /^completed \| 100 \| summarizing/);
  await text(page, '#process p', /4 pages about/);
  assert.deepEqual(page.faults, []);
  await page.close();
});

test('work is sent by a hook and shown by the bar, in StrictMode, and no stream is left', { skip }, async () => {
  const page = await open('?steps=30');
  await page.click('#demo button');
  await text(page, '#demo output', /^running 0/);
  await page.waitForSelector('#demo progress-sse[state=running]');
  await text(page, '#demo output', /^done 1$/);
  await page.waitForSelector('#demo progress-sse[state=done]');
  assert.equal(await page.textContent('#demo p'), 'done');
  await page.settled();
  assert.deepEqual(page.faults, []);
  await page.close();
});

test('a stream of another format is shown by its URL', { skip }, async () => {
  const started = await fetch(`${sample.origin}/api/v1/process/stream`);
  await started.body.cancel();
  const page = await open();
  await page.evaluate((id) => window.setUrl(`/api/v1/process/jobs/${id}/events`), started.headers.get('x-job-id'));
  await text(page, '#other output', /^done$/);
  await text(page, '#other p', /4 pages about/);
  await page.close();
});

test('work that is refused is told by the error and by the bar', { skip }, async () => {
  const page = await open();
  await page.click('#refused button');
  await text(page, '#refused p', /^400$/);
  await page.waitForSelector('#refused progress-sse[state=failed]');
  await page.close();
});

test('a page that is left closes its stream', { skip }, async () => {
  const page = await open('?steps=500');
  await page.click('#demo button');
  await text(page, '#demo output', /^running 0/);
  assert.equal(page.streams.size, 1);
  await page.evaluate(() => window.show(false));
  await page.settled();
  await page.close();
});

function buildPage() {
  return build({ root: ROOT, configFile: false, logLevel: 'silent', build: { outDir: folder, emptyOutDir: true, rollupOptions: {
    // Bundlers that know no server components say that they leave 'use client' out.
    onwarn: (warning) => warning.code === 'MODULE_LEVEL_DIRECTIVE' || complaints.push(warning.message),
  } } });
}
