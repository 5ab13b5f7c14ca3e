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
  const count = (target) => {
    let listeners = 0;
    const { addEventListener, removeEventListener } = target;
    target.addEventListener = (...args) => (listeners++, addEventListener.apply(target, args));
    target.removeEventListener = (...args) => (listeners--, removeEventListener.apply(target, args));
    return () => listeners;
  };
  const window = new EventTarget();
  const document = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  const counts = [count(window), count(document)];
  Object.assign(globalThis, { window, document });
  return {
    window,
    document,
    listeners: () => counts[0]() + counts[1](),
    remove() {
      delete globalThis.window;
      delete globalThis.document;
    },
  };
}
