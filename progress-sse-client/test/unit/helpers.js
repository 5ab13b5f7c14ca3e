import { setTimeout as pause } from 'node:timers/promises';

/** Waits until something is so. */
export async function until(condition, time = 5000) {
  for (const end = performance.now() + time; !condition(); ) {
    if (performance.now() > end) throw new Error(`It did not become so within ${time} ms: ${condition}`);
    await pause(5);
  }
}

/** Handlers that write down what they are told. */
export function recorder() {
  const seen = { calls: [], progress: [], errors: [] };
  const log = (name) => () => seen.calls.push(name);
  seen.handlers = Object.fromEntries(
    ['onDone', 'onFailed', 'onCancelled', 'onEnd', 'onUnknown', 'onLost', 'onConnected', 'onDisconnected', 'onReset'].map((name) => [name, log(name)]));
  seen.handlers.onProgress = (state) => seen.progress.push(state.progress);
  seen.handlers.onError = (error) => seen.errors.push(error);
  return seen;
}

/** As much of a page as the client looks at. */
export function fakePage() {
  const page = new EventTarget();
  let listeners = 0;
  Object.assign(globalThis, {
    document: { hidden: false },
    addEventListener: (...args) => (listeners++, page.addEventListener(...args)),
    removeEventListener: (...args) => (listeners--, page.removeEventListener(...args)),
  });
  return {
    tell: (type, more) => page.dispatchEvent(Object.assign(new Event(type), more)),
    listeners: () => listeners,
    remove() {
      for (const name of ['document', 'addEventListener', 'removeEventListener']) delete globalThis[name];
    },
  };
}
