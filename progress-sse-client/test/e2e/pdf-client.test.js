import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { noChromium, openChromium } from './element/browser.js';
import { noSample, startSample } from './sample.js';

const skip = noChromium || noSample;
let sample;
let browser;
let page;

before(async () => {
  if (skip) return console.error(`!!! ${skip}`);
  [sample, browser] = await Promise.all([startSample(), openChromium()]);
  page = await browser.newPage();
  await page.goto(sample.origin);
  await page.evaluate(async () => {
    const { PdfClient } = await import('/pdf-client.js');
    Object.assign(window, {
      client: new PdfClient({ baseUrl: location.origin, apiKey: 'demo-key' }),
      follow: (id, seen = []) => new Promise((resolve) => {
        const over = (how) => (value) => resolve({ how, value: value.message ?? value, seen });
        window.client.subscribeToJob(id, { onProgress: (event) => seen.push(event), onDone: over('done'), onError: over('error') });
      }),
      fetchFile: async (url) => (await fetch(url)).blob(),
    });
  });
});

after(() => Promise.all([sample?.stop(), browser?.close()]));

test('a client subscribes to a job, sends it, and hears of each phase and the download', { skip }, async () => {
  const { how, value, seen } = await page.evaluate(async () => {
    const jobId = crypto.randomUUID();
    const followed = follow(jobId);
    await client.generateFromHtml('<h1>Report</h1>', { jobId, watermark: 'DRAFT', page_numbers: true });
    return followed;
  });
  assert.equal(how, 'done');
  assert.match(value.download_url, /^\/api\/v1\/downloads\//);
  for (const event of seen) assert.deepEqual(Object.keys(event).sort(), ['data', 'message', 'occurred_at', 'phase', 'progress']);
  assert.deepEqual([...new Set(seen.map(({ phase }) => phase))], ['queued', 'preprocessing', 'rendering', 'postprocess', 'uploading']);
});

test('files are merged, made smaller, read and painted', { skip }, async () => {
  const ends = await page.evaluate(async () => {
    const made = await follow((await client.generateFromHtml('<p>about cats')).job_id);
    const file = await fetchFile(made.value.download_url);
    const sent = [client.merge([file, file]), client.compress(file), client.extractText(file), client.toImage(file, { format: 'jpeg', dpi: 72 })];
    return Promise.all(sent.map(async (answer) => {
      const { how, value, seen } = await follow((await answer).job_id);
      return [how, seen.at(-1).phase, value.pages, (await fetchFile(value.download_url)).type];
    }));
  });
  assert.deepEqual(ends, [
    ['done', 'uploading', 2, 'application/pdf'],
    ['done', 'uploading', 1, 'application/pdf'],
    ['done', 'uploading', 1, 'text/plain;charset=utf-8'],
    ['done', 'uploading', 1, 'image/jpeg'],
  ]);
});

test('a job that fails, and work that is refused, say why', { skip }, async () => {
  const heard = await page.evaluate(async () => {
    const { how, value } = await follow((await client.compress(new Blob(['%PDF-1.7 and nothing else']))).job_id);
    return [how, value, await client.compress(new Blob(['text'])).catch((error) => error.message)];
  });
  assert.deepEqual(heard, ['error', "'1.pdf' is damaged", "'file' must be a PDF, but '1.pdf' is not"]);
});

test('a wrong key is an error, and not silence', { skip }, async () => {
  const heard = await page.evaluate(async () => {
    const { PdfClient } = await import('/pdf-client.js');
    return new Promise((resolve) => {
      new PdfClient({ apiKey: 'wrong' }).subscribeToJob(crypto.randomUUID(), { onDone: resolve, onError: (error) => resolve(error.message) });
    });
  });
  assert.equal(heard, 'Unauthorized');
});
