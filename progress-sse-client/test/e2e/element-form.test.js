import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { noChromium, openChromium, openPage } from './element/browser.js';
import { servePages } from './element/page-server.js';

let server;
let browser;
let works;
let answer;
let streams = 0;

before(async () => {
  server = await servePages(handle);
  browser = noChromium ? undefined : await openChromium();
});

after(async () => {
  await browser?.close();
  server.close();
});

beforeEach(() => {
  works = [];
  answer = { status: 202 };
});

/** A server whose jobs are done as soon as their work has come. */
async function handle(request, response) {
  const { pathname } = new URL(request.url, 'http://here');
  if (request.method === 'POST') {
    let body = '';
    for await (const chunk of request.setEncoding('latin1')) {
      body += chunk;
    }
    works.push({ path: pathname, id: request.headers['x-job-id'], type: request.headers['content-type'], body });
    response.writeHead(answer.status, { 'Content-Type': 'application/problem+json' }).end(answer.body);
    return;
  }
  if (request.method === 'OPTIONS') {
    response.writeHead(200, { Allow: 'GET, HEAD, OPTIONS' }).end();
    return;
  }
  const [, id] = /\/jobs\/(\w+)\/events$/.exec(pathname) ?? [];
  if (!id) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  streams++;
  response.write('retry: 1000\n: hello\n\n');
  const timer = setInterval(() => {
    if (works.some((work) => work.id === id) && answer.status === 202) {
      clearInterval(timer);
      response.end(`event: done\ndata: ${JSON.stringify({ jobId: id, job: 'book', state: 'done', progress: 1 })}\nid: 1-1\n\n`);
    }
  }, 20);
  response.on('close', () => {
    streams--;
    clearInterval(timer);
  });
}

function inForm(name, run) {
  test(name, { skip: noChromium }, async () => {
    const page = await openPage(browser, `${server.origin}/pages/form.html`);
    try {
      await run(page);
    } finally {
      await page.close();
    }
  });
}

inForm('a form is sent with a job id, stays, and shows the bar of its work', async (page) => {
  await page.locator('[type=file]').setInputFiles({ name: 'whale.txt', mimeType: 'text/plain', buffer: Buffer.from('Call me Ishmael.') });
  await page.getByRole('button', { name: 'Print' }).click();
  await page.locator('progress-sse[state=done]').waitFor();
  assert.equal(works.length, 1);
  assert.match(works[0].id, /^[\w-]{16,}$/);
  assert.match(works[0].type, /^multipart\/form-data/);
  assert.match(works[0].body, /Moby-Dick[\s\S]*filename="whale.txt"[\s\S]*Call me Ishmael\.[\s\S]*print/);
  assert.ok(page.url().endsWith('/pages/form.html'));
  assert.equal(await page.locator('progress-sse').evaluate((element) => element.shadowRoot.querySelector('[part=label]').textContent), 'book');
  await page.waitForFunction(() => !document.querySelector('button').disabled);
  assert.deepEqual(page.faults, []);
});

inForm('the button that was pressed says where to, and how', async (page) => {
  await page.getByRole('button', { name: 'Bind' }).click();
  await page.locator('progress-sse[state=done]').waitFor();
  assert.equal(works[0].path, '/bind');
  assert.equal(works[0].type, 'application/x-www-form-urlencoded;charset=UTF-8');
  assert.equal(works[0].body, 'title=Moby-Dick&file=&do=bind');
});

inForm('work that is refused is told of, and may be sent again', async (page) => {
  answer = { status: 422, body: JSON.stringify({ title: 'Refused', detail: 'The title is taken' }) };
  const refused = page.evaluate(() => new Promise((resolve) => {
    document.addEventListener('refused', ({ detail }) => resolve([detail.name, detail.status]), { once: true });
  }));
  await page.getByRole('button', { name: 'Print' }).click();
  await page.locator('progress-sse[state=failed]').waitFor();
  assert.deepEqual(await refused, ['SubmitError', 422]);
  assert.equal(await page.locator('progress-sse').evaluate((element) => element.shadowRoot.querySelector('[part=text]').textContent), 'The title is taken');
  answer = { status: 202 };
  await page.getByRole('button', { name: 'Print' }).click();
  await page.locator('progress-sse[state=done]').waitFor();
  assert.notEqual(works[0].id, works[1].id);
});

inForm('two buttons pressed quickly are one job', async (page) => {
  await page.evaluate(() => {
    document.querySelector('button').click();
    document.querySelector('button').click();
  });
  await page.locator('progress-sse[state=done]').waitFor();
  assert.equal(works.length, 1);
});

inForm('a form that is taken out of the page lets go of its stream', async (page) => {
  answer = { status: 200 };
  await page.getByRole('button', { name: 'Print' }).click();
  await page.locator('progress-sse[state=waiting]').waitFor();
  assert.equal(streams, 1);
  await page.evaluate(() => document.querySelector('progress-sse-form').remove());
  for (const patience = Date.now() + 5000; streams > 0 && Date.now() < patience;) {
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 20)));
  }
  assert.equal(streams, 0);
});
