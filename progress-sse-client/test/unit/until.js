import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Waits for a condition.
 *
 * @param {() => unknown} condition
 * @param {() => string} [what]
 */
export async function until(condition, what = () => String(condition)) {
  for (const end = Date.now() + 5000; Date.now() < end; await pause(5)) {
    if (await condition()) return;
  }
  assert.fail(`In vain waited for ${what()}`);
}
