import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { noChromium, openChromium } from './element/browser.js';
import { children, detailed, ends, jobs, serveDashboard } from './dashboard/server.js';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const JOB = '0198c0de-00001000';

let browser;

before(async () => {
  browser = noChromium ? undefined : await openChromium();
});

after(() => browser?.close());

/** A test with a server of 1,000 running and 600 ended jobs and a page of its own, which must not have thrown or been stopped by its policy. */
function inDashboard(name, { hash = '', settings, faults: expected = [], ...options }, run) {
  test(name, { skip: noChromium, timeout: 60_000 }, async () => {
    const server = await serveDashboard(settings);
    server.state.jobs = [...jobs(1000), ...ends(600)];
    server.state.events.set(JOB, detailed(JOB));
    const page = await browser.newPage({ viewport: { width: 1200, height: 800 }, reducedMotion: 'reduce', ...options });
    const faults = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    try {
      await page.goto(server.url + hash);
      await run(page, server.state, server);
      assert.deepEqual(faults.filter((fault) => !expected.some((part) => fault.includes(part))), []);
    } finally {
      await page.close();
      server.close();
    }
  });
}

const rows = (page) => page.locator('.rows .row');
const count = (page, text) => page.locator('output').filter({ hasText: new RegExp(`^${text}$`) }).waitFor();

/** The rows follow the count with the next frame. */
const onlyRow = async (page) => {
  await rows(page).nth(1).waitFor({ state: 'detached' });
  return rows(page).innerText();
};

inDashboard('lists running jobs, those that are lost and stalled first, with all that is known', {}, async (page) => {
  await count(page, '1000 jobs');
  const first = await rows(page).first().locator('> *').allInnerTexts();
  assert.deepEqual(first.slice(0, 3).map((text) => text.replace(/\s+/g, ' ').trim()), ['nightly-import 0198c0de-00000987', 'Lost', 'converting · item 169 of 4,000']);
  assert.deepEqual(first.slice(3, 8), ['', '', 'dave', 'web-1:8080', '1']);
  await page.getByLabel('Order').selectOption('newest');
  await page.locator('.row', { hasText: JOB }).waitFor();
  const newest = await rows(page).first().locator('> *').allInnerTexts();
  assert.match(newest.join('|'), /annual-report\s+0198c0de-00001000\|0%\|reading · item 0 of 4,000\|5 items\/s\|6 min \d+ sec\|alice\|web-1:8080\|2\|\d+ sec/);
  assert.equal(await page.getByRole('progressbar', { name: 'annual-report' }).first().getAttribute('aria-valuenow'), '0');
});

inDashboard('asks for pages, and for none of them again that is the same', {}, async (page, state) => {
  await count(page, '1000 jobs');
  const asked = state.asked.filter((each) => each.startsWith('GET /progress/jobs?') && each.includes('running'));
  assert.equal(asked.length, 5);
  assert.ok(asked.every((each) => each.includes('owner=*') || each.includes('owner=%2A')));
  const answers = [];
  page.on('response', (response) => response.url().includes('state=queued') && answers.push(response.status()));
  await page.waitForResponse((response) => response.url().includes('cursor') && response.status() === 304);
  assert.deepEqual([...new Set(answers)], [304]);
});

inDashboard('filters by words, kind and state, and says how many there are', {}, async (page) => {
  await page.getByRole('button', { name: '11 lost, 10 stalled' }).click();
  await count(page, '21 of 1000 jobs');
  assert.equal(await rows(page).count() > 10, true);
  await page.getByLabel('Kind').selectOption('invoice-run');
  await count(page, '4 of 1000 jobs');
  await page.getByLabel('State').selectOption('');
  await page.getByLabel('Kind').selectOption('');
  await page.getByLabel('Search').fill('alice 00000995');
  await count(page, '1 of 1000 jobs');
  assert.match(await onlyRow(page), /^\s*annual-report/);
  await page.getByLabel('Search').fill('no such thing');
  await page.getByText('No job matches.').waitFor();
});

inDashboard('takes jobs that have ended out of one list and into the other', {}, async (page, state) => {
  await count(page, '1000 jobs');
  const [job] = state.jobs.splice(0, 1);
  state.jobs.push({ ...job, state: 'failed', error: { code: 'paper', message: 'out of paper' }, durationMs: 61_000, occurredAt: new Date().toISOString() });
  await count(page, '999 jobs');
  await page.getByRole('link', { name: 'Ended' }).click();
  await page.getByLabel('Search').fill('paper');
  await rows(page).filter({ hasText: 'out of paper' }).waitFor();
  assert.match(await onlyRow(page), /Failed[^]*1 min 1 sec/);
});

inDashboard('counts what jobs of a kind come to', { hash: '#totals' }, async (page) => {
  await page.locator('tbody tr').first().waitFor();
  const cells = await page.locator('tbody tr', { hasText: 'annual-report' }).locator('> *').allInnerTexts();
  assert.deepEqual(cells.slice(0, 5), ['annual-report', '200', '120', '13', '11%']);
  assert.match(cells[5], /min/);
});

inDashboard('shows one job with its phases, notes and numbers, live', { hash: `#job/${JOB}` }, async (page, state) => {
  await page.locator('.phases li').nth(3).waitFor();
  assert.deepEqual(await page.locator('.phases .name').allInnerTexts(), ['queued', 'reading', 'rendering', 'binding']);
  assert.deepEqual(await page.locator('.notes li').allInnerTexts().then((all) => all.map((text) => text.replace(/\s+/g, ' '))),
    ['info the index is there', 'warning the font of page 80 is not there']);
  await page.getByText('80 of 100 pages').waitFor();
  await page.getByText('Progress: from 0% to 80%, at most 80%').waitFor();
  assert.match(await page.getByLabel('Data').innerText(), /"file": "report-2026.pdf"/);
  assert.equal(await page.getByRole('button', { name: 'Cancel' }).isVisible(), false, 'the server does not let jobs be cancelled');
  assert.ok(!state.asked.some((each) => each.startsWith('DELETE')));
});

inDashboard('shows where a job runs and how many watch it from here', { hash: `#job/${JOB}` }, async (page, state) => {
  await page.locator('.facts', { hasText: 'Viewers on this server' }).waitFor();
  const fact = (name) => page.locator('.facts > div', { hasText: name }).locator('dd').innerText();
  assert.equal(await fact('Node'), 'web-1:8080');
  state.jobs[0] = { ...state.jobs[0], viewers: 5 };
  await page.locator('.facts > div', { hasText: 'Viewers' }).getByText('5').waitFor();
});

inDashboard('shows the children of a job with their bars, live, and leads to them and back', { hash: `#job/${JOB}` }, async (page, state) => {
  await page.locator('.phases li').nth(3).waitFor();
  assert.equal(await page.getByRole('heading', { name: 'Children' }).isVisible(), false, 'there are none');
  state.jobs.push(...children(JOB));
  state.events.set('0198c0de-c00005', [{ ...state.jobs.find(({ jobId }) => jobId === '0198c0de-c00005') }]);
  await page.getByRole('heading', { name: 'Children (6)' }).waitFor();
  await rows(page).nth(5).waitFor();
  const shown = await rows(page).allInnerTexts();
  assert.deepEqual(shown.map((text) => text.split('\n').map((part) => part.trim()).filter(Boolean)[2]), ['Lost', 'Stalled', 'Queued', '34%', 'Failed', 'Done']);
  assert.match(shown[4], /out of paper[^]*21 sec/);
  assert.equal(await page.locator('.children').getByRole('progressbar').nth(3).getAttribute('aria-valuenow'), '34');
  state.jobs = state.jobs.map((job) => (job.jobId === '0198c0de-c00005' ? { ...job, progress: 0.9, occurredAt: 'later' } : job));
  await rows(page).getByText('90%').waitFor();
  await page.getByRole('link', { name: 'chapter, 0198c0de-c00005' }).click();
  await page.locator('.job-page code', { hasText: '0198c0de-c00005' }).waitFor();
  await page.getByRole('link', { name: JOB }).click();
  await page.getByRole('heading', { name: 'Children (6)' }).waitFor();
});

inDashboard('asks a job to stop where the server allows that, and only when it is sure', { hash: `#job/${JOB}`, settings: { cancel: true } }, async (page, state, { url }) => {
  await page.context().addCookies([{ name: 'XSRF-TOKEN', value: 'a-token', url }]);
  await page.getByRole('button', { name: 'Cancel this job' }).click();
  assert.deepEqual(state.cancelled, []);
  await page.getByRole('button', { name: 'Yes, cancel this job' }).click();
  await page.getByText('The job was asked to stop').waitFor();
  assert.deepEqual(state.cancelled, [[JOB, 'a-token']]);
});

inDashboard('says that no list has a job', { hash: '#job/no-such-job', faults: ['404'] }, async (page) => {
  await page.getByText('No list has this job').waitFor();
});

inDashboard('says so when it is signed out, or the server is away, and goes on by itself', { faults: ['401', '503'] }, async (page, state) => {
  await count(page, '1000 jobs');
  state.status = 401;
  await page.getByRole('status').getByText('You are signed out').waitFor();
  state.status = 503;
  await page.getByRole('status').getByText('does not answer').waitFor();
  assert.equal(await rows(page).count() > 5, true, 'what was known stays');
  state.status = 200;
  await page.waitForFunction(() => document.getElementById('news').textContent === '');
});

inDashboard('stands still while it is paused', {}, async (page, state) => {
  await count(page, '1000 jobs');
  await page.getByRole('button', { name: 'Pause' }).click();
  const asked = state.asked.length;
  await page.waitForTimeout(2500);
  assert.ok(state.asked.length - asked <= 5, 'what was on its way');
  state.jobs.splice(0, 10);
  await page.getByRole('button', { name: 'Pause' }).click();
  await count(page, '990 jobs');
});

inDashboard('hostile texts stay texts', {}, async (page, state) => {
  const evil = '<img src=x onerror=alert(1)>';
  state.jobs = [{ ...state.jobs[0], job: evil, owner: evil, message: evil, phase: '"><script>alert(1)</script>' }];
  await count(page, '1 jobs');
  assert.equal(await page.locator('.rows a').innerText(), evil);
  assert.equal(await page.locator('main img, main script').count(), 0);
});

inDashboard('works by keyboard: Tab reaches a job, arrows go on, the focus stays where it is when the list changes', {}, async (page, state) => {
  await count(page, '1000 jobs');
  await page.getByLabel('Order').selectOption('newest');
  await page.getByLabel('Order').focus();
  const focused = () => page.evaluate(() => document.activeElement.getAttribute('aria-label'));
  do await page.keyboard.press('Tab'); while (!(await focused())?.includes('0198c0de'));
  const first = await focused();
  for (let i = 0; i < 60; i++) await page.keyboard.press('ArrowDown');
  await page.waitForFunction(() => scrollY > 1000);
  assert.equal(await focused(), `${state.jobs[60].job}, ${state.jobs[60].jobId}`);
  assert.notEqual(await focused(), first);
  const [here, before] = [await focused(), state.jobs[60].jobId];
  state.jobs.unshift({ ...state.jobs[0], jobId: '0198c0de-00001001', occurredAt: 'now' });
  await count(page, '1001 jobs');
  await page.waitForTimeout(100);
  assert.equal(await focused(), here, before);
  await page.keyboard.press('Enter');
  await page.locator('.job-page h2').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'view');
});

for (const [name, options] of Object.entries({
  light: {}, dark: { colorScheme: 'dark' }, 'on a phone': { viewport: { width: 360, height: 740 } }, 'from right to left': { dir: 'rtl' },
})) {
  for (const hash of ['#running', '#ended', '#totals', `#job/${JOB}`]) {
    inDashboard(`axe finds nothing in ${hash.split('/')[0]}, ${name}`, { hash, settings: { cancel: true }, ...options }, async (page, state) => {
      state.jobs.push(...children(JOB));
      await page.evaluate((dir) => { document.documentElement.dir = dir; }, options.dir ?? 'ltr');
      await page.locator('.rows .row, tbody tr').nth(2).waitFor();
      await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)));
      await page.evaluate(AXE);
      const { violations } = await page.evaluate(() => axe.run({ resultTypes: ['violations'] }));
      assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.slice(0, 3).map(({ html, failureSummary }) => [html, failureSummary])]), []);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing is wider than the screen');
    });
  }
}

inDashboard('stays smooth with 1,000 jobs that all change, while somebody scrolls', {}, async (page, state) => {
  await count(page, '1000 jobs');
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('Performance.enable');
  const metrics = async () => Object.fromEntries((await devTools.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, 1000 * value]));
  await page.evaluate(() => {
    window.tasks = [];
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' });
    window.frames = [];
    const frame = (time) => {
      frames.push(time);
      scrollBy(0, frames.length % 240 < 120 ? 37 : -37);
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  const before = await metrics();
  const begun = Date.now();
  for (let change = 1; change <= 3; change++) {
    state.jobs = [...jobs(1000, Date.now(), change), ...ends(600)];
    await page.waitForResponse((response) => response.url().includes('state=queued') && response.status() === 200);
  }
  const after = await metrics();
  const seconds = (Date.now() - begun) / 1000;
  const share = (name) => (after[name] - before[name]) / seconds;
  const { tasks, fps } = await page.evaluate(() => ({ tasks, fps: 1000 * (frames.length - 1) / (frames.at(-1) - frames[0]) }));
  const work = ['ScriptDuration', 'RecalcStyleDuration', 'LayoutDuration'].map(share);
  console.log(`1,000 jobs that change and a page that scrolls: ${fps.toFixed(0)} frames a second; of each second ${work.map((ms) => ms.toFixed(0)).join(' + ')} ms`
    + ` for scripts, styles and layout; long tasks of ${tasks.map((task) => task.toFixed(0)).join(', ') || 'no'} ms`);
  assert.ok(await page.locator('.rows .row').count() < 60, 'rows that are not in sight are not there');
  assert.ok(work.reduce((sum, ms) => sum + ms) < 400, `the page works ${work} ms of each second`);
  // A machine without a graphics card that does other things at the same time draws slowly, whatever the page does.
  assert.ok(fps > 15, `${fps} frames a second`);
});
