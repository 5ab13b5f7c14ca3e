import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

const SOURCE = new URL('../../src/', import.meta.url);

/** A file and all that it imports, now or later. */
async function reach(url, reached = new Set()) {
  if (!reached.has(url.href)) {
    reached.add(url.href);
    const code = (await readFile(url, 'utf8')).replace(/\/\*[\s\S]*?\*\//g, '');
    for (const [, , path] of code.matchAll(/\b(from|import|import\() ?\(?'(\.[^']+)'/g)) {
      await reach(new URL(path, url), reached);
    }
  }
  return reached;
}

test('the starter serves all that the element imports', async () => {
  const served = (await readFile(new URL('scripts.txt', SOURCE), 'utf8')).trim().split('\n');
  const needed = [...await reach(new URL('element.js', SOURCE))].map((href) => href.slice(SOURCE.href.length));
  assert.ok(needed.includes('texts/zh.js') && needed.includes('client.js'), String(needed));
  assert.deepEqual(needed.filter((file) => !served.includes(file)), []);
});

test('the element is imported on a server without harm', async () => {
  const { ProgressSseElement } = await import('../../src/element.js');
  assert.equal(typeof ProgressSseElement, 'function');
});
