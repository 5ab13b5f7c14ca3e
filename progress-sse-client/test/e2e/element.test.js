import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { noChromium, openChromium, openPage } from './element/browser.js';
import { servePages } from './element/page-server.js';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let server;
let browser;

before(async () => {
  server = await servePages();
  browser = noChromium ? undefined : await openChromium();
});

after(async () => {
  await browser?.close();
  server.close();
});

/** A test with a page of its own, which must not have thrown or been stopped by its policy. */
function inPage(name, file, options, run) {
  test(name, { skip: noChromium }, async () => {
    const page = await openPage(browser, `${server.origin}/pages/${file}`, options);
    try {
      await run(page);
      assert.deepEqual(page.faults, []);
    } finally {
      await page.close();
    }
  });
}

/** Colours of pixels of a page as it is drawn. */
async function coloursOf(page, points) {
  const image = (await page.screenshot()).toString('base64');
  return page.evaluate(async ([image, points]) => {
    const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(image), (character) => character.charCodeAt(0))]));
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    context.drawImage(bitmap, 0, 0);
    return points.map(([x, y]) => context.getImageData(x, y, 1, 1).data.join());
  }, [image, points]);
}

for (const colorScheme of ['light', 'dark']) {
  inPage(`axe finds nothing in any state, ${colorScheme}`, 'gallery.html', { colorScheme }, async (page) => {
    await page.evaluate(AXE);
    const { violations, passes } = await page.evaluate(() => axe.run({ resultTypes: ['violations', 'passes'] }));
    assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map(({ html, failureSummary }) => [html, failureSummary])]), []);
    const bars = passes.find(({ id }) => id === 'aria-progressbar-name').nodes.length;
    assert.equal(bars, await page.locator('progress-sse').count());
  });
}

inPage('each state is an attribute, and has words and a bar of its own', 'gallery.html', {}, async (page) => {
  const shown = await page.locator('progress-sse').evaluateAll((elements) => elements.map((element) => [
    element.id, element.getAttribute('state'), element.shadowRoot.querySelector('.bar').getAttribute('aria-valuenow')]));
  assert.deepEqual(shown, [
    ['connecting', 'connecting', null], ['waiting', 'waiting', null], ['queued', 'queued', null], ['indeterminate', 'indeterminate', null],
    ['running', 'running', '42'], ['stalled', 'stalled', '61'], ['reconnecting', 'reconnecting', '73'], ['lost', 'lost', '55'],
    ['done', 'done', '100'], ['failed', 'failed', '42'], ['cancelled', 'cancelled', '30'], ['unknown', 'unknown', null], ['forbidden', 'unknown', null],
  ]);
  const bar = page.locator('#running').getByRole('progressbar', { name: 'annual-report' });
  assert.equal(await bar.getAttribute('aria-valuetext'), '42%, rendering · page 42 of 100, 17 seconds left');
});

inPage('what stands in the slot of a state is shown in that state alone', 'blank.html', {}, async (page) => {
  await page.evaluate(() => {
    show({ progress: 0.5 });
    const link = Object.assign(document.createElement('a'), { slot: 'done', href: '#', textContent: 'Download' });
    const other = Object.assign(document.createElement('p'), { textContent: 'shown where scripts are off' });
    element.append(link, other);
  });
  assert.equal(await page.getByText('Download').isVisible(), false);
  await page.evaluate(() => job.tell({ state: 'done', ended: true }));
  assert.equal(await page.getByText('Download').isVisible(), true);
  assert.equal(await page.getByText('scripts are off').isVisible(), false);
});

inPage('a job is cancelled with the keyboard, which goes on from the bar', 'blank.html', {}, async (page) => {
  await page.evaluate(() => show({ job: 'report', progress: 0.5 }, {}, true));
  const button = page.getByRole('button', { name: 'Cancel: report' });
  await button.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => job.cancelled), 1);
  assert.match(await page.locator('progress-sse').evaluate((element) => element.shadowRoot.textContent), /Cancelling…/);
  assert.equal(await button.getAttribute('aria-disabled'), 'true');
  await page.evaluate(() => job.tell({ state: 'cancelled', ended: true }));
  assert.equal(await button.count(), 0);
  assert.equal(await page.evaluate(() => element.shadowRoot.activeElement.getAttribute('role')), 'progressbar');
});

inPage('there is no button where the server does not let jobs be cancelled, or the page does not want it', 'blank.html', {}, async (page) => {
  await page.evaluate(() => show({ progress: 0.5 }, {}, false));
  assert.equal(await page.getByRole('button').count(), 0);
  await page.evaluate(() => show({ progress: 0.5 }, { 'no-cancel': '' }, true));
  assert.equal(await page.getByRole('button').count(), 0);
  await page.evaluate(() => element.removeAttribute('no-cancel'));
  assert.equal(await page.getByRole('button').count(), 1);
});

inPage('the live region does not chatter, and tells the end', 'blank.html', {}, async (page) => {
  const said = await page.evaluate(async () => {
    show({ job: 'report', progress: 0 });
    const said = [];
    const region = element.shadowRoot.querySelector('[role=status]');
    new MutationObserver(() => said.push(region.textContent)).observe(region, { childList: true, characterData: true, subtree: true });
    for (let i = 1; i < 300; i++) {
      job.tell({ progress: i / 300, message: `page ${i}`, phase: `phase ${i % 7}` });
      await new Promise((resolve) => setTimeout(resolve));
    }
    job.tell({ state: 'failed', ended: true, error: { code: 'x', message: 'Out of paper' } });
    await new Promise((resolve) => setTimeout(resolve));
    return said;
  });
  assert.ok(said.length <= 2, `${said.length} sentences: ${said}`);
  assert.equal(said.at(-1), 'report: Out of paper');
});

inPage('the element speaks the language of the page, and of another when it changes', 'blank.html', {}, async (page) => {
  const text = () => page.locator('progress-sse').evaluate((element) => element.shadowRoot.querySelector('[part=text]').textContent);
  for (const [lang, words] of [['en', 'In the queue'], ['de-CH', 'In der Warteschlange'], ['fr', 'Dans la file d’attente'], ['es', 'En cola'],
    ['ja', '順番待ちです'], ['zh-Hans', '排队中'], ['pt', 'In the queue']]) {
    await page.evaluate((lang) => {
      document.documentElement.lang = lang;
      show({ state: 'queued' });
    }, lang);
    await page.waitForFunction(() => element.matches('[state=queued]'));
    assert.equal(await text(), words);
  }
  await page.evaluate(() => element.setAttribute('lang', 'de'));
  await page.waitForFunction(() => element.shadowRoot.textContent.includes('Warteschlange'));
});

inPage('texts are replaced by attributes and by a property', 'blank.html', {}, async (page) => {
  await page.evaluate(() => show({ progress: 0.5, etaMs: 9000 }, { label: 'Book', 'text-left': '{time} to go', 'text-done-in': 'Printed after {time}' }));
  const text = () => page.locator('progress-sse').evaluate((element) => element.shadowRoot.textContent);
  assert.match(await text(), /Book.*9 sec to go/);
  await page.evaluate(() => job.tell({ state: 'done', ended: true, durationMs: 2000 }));
  assert.match(await text(), /Printed after 2 sec/);
  await page.evaluate(() => {
    element.removeAttribute('text-done-in');
    element.texts = { doneIn: 'Ready!' };
  });
  assert.match(await text(), /Ready!/);
});

inPage('hostile words are text', 'blank.html', {}, async (page) => {
  const evil = '<img src=x onerror=alert(1)>\u202e';
  await page.evaluate((evil) => show({ job: evil, phase: evil, message: evil, unit: evil, completed: 1, ratePerSecond: 2 }), evil);
  const [text, images] = await page.evaluate(() => [element.shadowRoot.querySelector('[part=text]').textContent, element.shadowRoot.querySelectorAll('img').length]);
  assert.equal(text, `${evil} · ${evil}`);
  assert.equal(images, 0);
});

inPage('the bar fills from the right where one reads from the right', 'blank.html', { reducedMotion: 'reduce' }, async (page) => {
  const [bar, fill] = await page.evaluate(() => {
    document.documentElement.dir = 'rtl';
    show({ progress: 0.25 });
    return ['bar', 'fill'].map((name) => element.shadowRoot.querySelector(`.${name}`).getBoundingClientRect().toJSON());
  });
  assert.equal(fill.right, bar.right);
  assert.ok(Math.abs(fill.width - bar.width / 4) < 1);
});

inPage('nothing moves for those who do not want movement', 'gallery.html', { reducedMotion: 'reduce' }, async (page) => {
  assert.equal(await page.locator('progress-sse').evaluateAll((elements) => elements.flatMap(({ shadowRoot }) => shadowRoot.getAnimations()).length), 0);
});

inPage('the bar is seen in forced colours', 'gallery.html', { forcedColors: 'active', reducedMotion: 'reduce' }, async (page) => {
  for (const id of ['running', 'indeterminate', 'failed']) {
    const { x, y, width, height } = await page.locator(`#${id}`).getByRole('progressbar').boundingBox();
    const [border, fill, beside] = await coloursOf(page, [[x + width / 2, y + 0.5], [x + 9, y + height / 2], [x + 9, y - 2]]);
    assert.notEqual(border, beside, id);
    assert.notEqual(fill, beside, id);
  }
});

inPage('nothing runs out of a phone', 'gallery.html', { viewport: { width: 320, height: 700 } }, async (page) => {
  const long = 'Donaudampfschifffahrtsgesellschaft'.repeat(4);
  await page.evaluate((long) => {
    for (const element of document.querySelectorAll('progress-sse')) {
      element.watch.tell({ job: long, message: long, unit: long, error: { code: 'x', message: long } });
    }
  }, long);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
  const wide = await page.locator('progress-sse').evaluateAll((elements) => elements.flatMap((element) =>
    [...element.shadowRoot.querySelectorAll('.head, .foot, .details, .status, button')]
      .filter((part) => part.getBoundingClientRect().right > element.getBoundingClientRect().right + 0.5)
      .map((part) => `${element.id} ${part.className}`)));
  assert.deepEqual(wide, []);
});

inPage('an element that is moved goes on; one that is taken out lets go', 'blank.html', {}, async (page) => {
  const listeners = await page.evaluate(async () => {
    show({ progress: 0.5 });
    document.body.append(element);
    await Promise.resolve();
    const moved = job.listeners;
    element.remove();
    await Promise.resolve();
    const removed = job.listeners;
    document.body.append(element);
    return [moved, removed, job.listeners, job.closed];
  });
  assert.deepEqual(listeners, [1, 0, 1, 0]);
});

inPage('a page hears of changes and of the end', 'blank.html', {}, async (page) => {
  const heard = await page.evaluate(() => {
    const heard = [];
    for (const name of ['progress', 'done', 'failed']) {
      document.addEventListener(name, (event) => heard.push([name, event.detail.progress]));
    }
    show({ progress: 0.5 });
    job.tell({ progress: 0.75 });
    job.tell({ state: 'done', ended: true, progress: 1 });
    return heard;
  });
  assert.deepEqual(heard, [['progress', 0.5], ['progress', 0.75], ['progress', 1], ['done', 1]]);
});

inPage('style sheets reach its parts, its states and its colours', 'blank.html', {}, async (page) => {
  const [colour, height] = await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('progress-sse[state=running] { --progress-sse-accent: rgb(1, 2, 3) } progress-sse::part(bar) { block-size: 31px }');
    document.adoptedStyleSheets = [sheet];
    show({ progress: 0.5 });
    const fill = element.shadowRoot.querySelector('.fill');
    fill.style.transition = 'none';
    return [getComputedStyle(fill).backgroundColor, fill.parentElement.getBoundingClientRect().height];
  });
  assert.deepEqual([colour, height], ['rgb(1, 2, 3)', 31]);
});
