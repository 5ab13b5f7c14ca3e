// The whole page of the sample, in all engines.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { engines } from './engines.js';
import { FlakyProxy } from './flaky-proxy.js';
import { noSample, startSample } from './sample.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'));
let sample;
let proxy;

before(async () => {
  if (noSample) return;
  sample = await startSample({ 'progress.sse.retry': '1s', 'progress.sse.publish-interval': '50ms' });
  proxy = await FlakyProxy.start(sample.origin);
  proxy.answer('/axe.js', (_, response) => response.writeHead(200, { 'content-type': 'text/javascript' }).end(AXE));
});

after(async () => {
  await proxy?.stop();
  await sample?.stop();
});

for (const { name, start, missing } of engines.filter((engine) => !process.env.ENGINE || engine.name === process.env.ENGINE)) {
  describe(name, { skip: noSample || missing }, () => {
    let page;

    before(async () => (page = await start()));
    after(() => page?.quit());

    async function open() {
      await page.open(`${proxy.origin}/favicon.svg`);
      await page.run(() => { localStorage.clear(); sessionStorage.clear(); });
      await page.open(`${proxy.origin}/`);
      await page.run(async () => {
        window.bars = () => [...document.querySelectorAll('#jobs progress-sse')];
        window.states = () => bars().map((bar) => bar.getAttribute('state'));
        while (!customElements.get('progress-sse')) await new Promise((resolve) => setTimeout(resolve, 20));
      });
    }

    async function until(condition, ...args) {
      for (const end = Date.now() + 20_000; !(await page.run(condition, ...args)); ) {
        if (Date.now() > end) throw new Error(`It did not become so: ${condition}; ${await page.run(() => states())}`);
        await pause(50);
      }
    }

    const choose = (form, bytes, type) => page.run((form, bytes, type) => {
      const files = new DataTransfer();
      files.items.add(new File([new Uint8Array(bytes).fill(65)], 'novel.txt', { type }));
      const input = document.querySelector(`#${form} [type=file]`);
      input.files = files.files;
      input.dispatchEvent(new Event('change', { bubbles: true }));
    }, form, bytes, type);

    test('axe finds nothing on the page, at each tab, with jobs under way, ended and refused', async () => {
      await open();
      await page.run(() => document.getElementById('demo').click());
      await choose('upload', 20, 'text/plain');
      await choose('convert', 20, 'image/png');
      await page.run(() => document.querySelector('#pdf form').requestSubmit());
      await until(() => states().filter((state) => state === 'done').length >= 2 && states().includes('failed'));
      for (const tab of ['convert', 'upload', 'process', 'pdf']) {
        const found = await page.run(async (tab) => {
          document.getElementById(`tab-${tab}`).click();
          await import('/axe.js');
          // A card that is still fading in has too little contrast, for 0.2 seconds.
          await Promise.all(document.getAnimations().filter(({ effect }) => effect.getComputedTiming().endTime < Infinity)
            .map((animation) => animation.finished.catch(() => {})));
          return (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html)}`);
        }, tab);
        assert.deepEqual(found, [], tab);
      }
    });

    test('the page tells how far an upload is', async () => {
      await open();
      await page.run(() => {
        window.said = [];
        new MutationObserver((records) => records.forEach(({ target }) => said.push(target.getAttribute('text-connecting'))))
          .observe(document.getElementById('jobs'), { subtree: true, attributeFilter: ['text-connecting'] });
      });
      await choose('upload', 3_000_000, 'text/plain');
      await until(() => states().includes('done'));
      assert.ok((await page.run(() => said)).some((text) => /^Uploading · \d+ %$/.test(text)));
    });

    test('who cuts the connection loses an upload that is under way, and nothing else, in all tabs', async () => {
      await open();
      await page.run(() => document.getElementById('demo').click());
      await until(() => states()[0] === 'running');
      const { before } = await page.newTab();
      await open();
      await page.run(() => document.getElementById('demo').click());
      await until(() => states()[0] === 'running');
      proxy.answer('/api/jobs', () => {});
      await choose('upload', 20, 'text/plain');
      await until(() => bars()[0].shadowRoot.querySelector('[part=text]').textContent.startsWith('Uploading'));
      await page.run(() => document.getElementById('cut').click());
      await until(() => states()[0] === 'unknown' && states()[1] === 'reconnecting');
      await page.closeTab(before);
      assert.equal(await page.run(() => document.getElementById('cut').disabled), true);
      await until(() => states()[0] === 'done');
      proxy.answer('/api/jobs', undefined);
    });
  });
}
