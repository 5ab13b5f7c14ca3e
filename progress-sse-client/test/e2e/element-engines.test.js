// The element in real engines. What needs a closer look at one of them is in element.test.js.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { servePages } from './element/page-server.js';
import { engines } from './engines.js';

let server;

before(async () => (server = await servePages()));
after(() => server.close());

for (const { name, start, missing } of engines) {
  describe(name, { skip: missing }, () => {
    let page;

    before(async () => (page = await start()));
    after(() => page?.quit());

    async function open(file) {
      await page.open(`${server.origin}/pages/${file}`);
      await page.run(async () => {
        document.addEventListener('securitypolicyviolation', ({ violatedDirective }) => (window.violated ??= []).push(violatedDirective));
        await customElements.whenDefined('progress-sse');
        while (!window.show && !document.querySelector('#forbidden[state]')) await new Promise((resolve) => setTimeout(resolve, 10));
      });
    }

    test('each state is shown, and axe finds nothing in any', async () => {
      await open('gallery.html');
      const shown = await page.run(() => [...document.querySelectorAll('progress-sse')].map(({ id, shadowRoot }) => {
        const bar = shadowRoot.querySelector('[role=progressbar]');
        return [id, bar.getAttribute('aria-valuenow'), bar.getBoundingClientRect().width > 100, shadowRoot.querySelector('[part=text]').textContent !== ''];
      }));
      assert.equal(shown.length, 13);
      assert.deepEqual(shown.filter(([, , wide, says]) => !wide || !says), []);
      assert.deepEqual(shown.filter(([, now]) => now !== null).map(([id, now]) => `${id} ${now}`),
        ['running 42', 'stalled 61', 'reconnecting 73', 'lost 55', 'done 100', 'failed 42', 'cancelled 30']);
      const found = await page.run(async () => {
        await import('/axe.js');
        return (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html)}`);
      });
      assert.deepEqual(found, []);
      assert.equal(await page.run(() => window.violated ?? null), null);
    });

    test('the bar fills from the right where one reads from the right', async () => {
      await open('blank.html');
      const [bar, fill] = await page.run(async () => {
        document.documentElement.dir = 'rtl';
        show({ progress: 0.25 });
        const [bar, fill] = ['.bar', '.fill'].map((name) => element.shadowRoot.querySelector(name));
        fill.style.transition = 'none';
        await new Promise((resolve) => setTimeout(resolve, 100));
        return [bar, fill].map((each) => ({ right: each.getBoundingClientRect().right, width: each.getBoundingClientRect().width }));
      });
      assert.ok(Math.abs(fill.right - bar.right) < 0.5);
      assert.ok(Math.abs(fill.width - bar.width / 4) < 1, `${fill.width} of ${bar.width}`);
    });

    test('words are loaded, numbers are written, in the language of the page', async () => {
      await open('blank.html');
      const said = await page.run(async () => {
        document.documentElement.lang = 'de';
        show({ progress: 0.5, etaMs: 65_000, completed: 1234, total: 5000, unit: 'Seiten' });
        while (!element.shadowRoot.querySelector('[part=left]').textContent) await new Promise((resolve) => setTimeout(resolve, 10));
        return ['percent', 'count', 'left'].map((part) => element.shadowRoot.querySelector(`[part=${part}]`).textContent.replaceAll('\u00a0', ' '));
      });
      assert.deepEqual(said, ['50 %', '1.234 von 5.000 Seiten', 'noch 1 Min. 5 Sek.']);
    });

    test('who stood on the button goes on from the bar', async () => {
      await open('blank.html');
      const [asked, focused] = await page.run(async () => {
        show({ progress: 0.5 }, {}, true);
        await new Promise((resolve) => setTimeout(resolve, 50));
        const button = element.shadowRoot.querySelector('button');
        button.focus();
        button.click();
        job.tell({ state: 'cancelled', ended: true });
        return [job.cancelled, element.shadowRoot.activeElement?.getAttribute('role')];
      });
      assert.deepEqual([asked, focused], [1, 'progressbar']);
    });
  });
}
