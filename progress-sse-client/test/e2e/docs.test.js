import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { blocksOf } from '../docs.js';
import { noChromium, openChromium } from './element/browser.js';
import { noSample, startSample } from './sample.js';

const JOB = '4f6b0c1e9a7d4e55';

const skip = noChromium || noSample;
let sample;
let browser;
let pages;

before(async () => {
  if (skip) return console.error(`!!! ${skip}`);
  [sample, browser] = await Promise.all([startSample(), openChromium()]);
  pages = (await blocksOf('browser.md')).filter(({ lang }) => lang === 'html').map(({ code }) => code);
});

after(() => Promise.all([sample?.stop(), browser?.close()]));

/** A page of the application's own, with a piece of the documentation in it. */
async function open(html) {
  const page = await browser.newPage();
  page.faults = [];
  page.on('pageerror', (error) => page.faults.push(error.message));
  await page.route('**/page', (route) => route.fulfill({ contentType: 'text/html', body: `<!doctype html><html lang="en">${html}</html>` }));
  await page.goto(`${sample.origin}/page`);
  return page;
}

const work = () => fetch(`${sample.origin}/api/demo?steps=5&delayMs=20`, { method: 'POST', headers: { 'X-Job-Id': JOB } });

test('a job gets its bar in two lines, and its words in a script', { skip }, async () => {
  const [bar, form, script] = pages;
  assert.equal(pages.length, 3);
  const [one, other] = [await open(bar), await open(script)];
  assert.equal((await work()).status, 202);
  await one.waitForSelector('progress-sse[state=done]');
  await other.waitForFunction(() => document.getElementById('line').value === 'done');
  const third = await open(form);
  await third.setInputFiles('input[type=file]', { name: 'no-picture.png', mimeType: 'image/png', buffer: Buffer.from('text') });
  await third.click('button');
  await third.waitForSelector('progress-sse[state=failed]');
  assert.deepEqual([one.faults, other.faults, third.faults], [[], [], []]);
});
