import { parentPort, workerData } from 'node:worker_threads';

const { gate, SPEED = 20, deaf } = workerData;
const requests = new Map();
const watches = new Map();
let ids = 0;

// Nobody waits for long pauses here.
const { setTimeout: pause } = globalThis;
globalThis.setTimeout = (action, time = 0, ...values) => pause(action, time < 1000 ? time : time / SPEED, ...values);

const page = new EventTarget();
globalThis.document = { hidden: false };
globalThis.addEventListener = (...args) => page.addEventListener(...args);
globalThis.removeEventListener = (...args) => page.removeEventListener(...args);
// What this tab says takes its time, and what it is told may be lost.
let lost = 0;
globalThis.BroadcastChannel = class extends BroadcastChannel {
  postMessage(message) {
    if (workerData.slow) pause(() => super.postMessage(message), workerData.slow);
    else super.postMessage(message);
  }
  set onmessage(hear) {
    super.onmessage = (event) => {
      if (event.data.type !== 'tell' || lost-- <= 0) hear(event);
    };
  }
};
if (deaf) globalThis.BroadcastChannel = class { postMessage() {} close() {} };

const locks = {
  async request(name, { signal, steal = false }, action) {
    signal?.throwIfAborted();
    const id = ++ids;
    try {
      await new Promise((resolve, reject) => {
        requests.set(id, { resolve, reject });
        signal?.addEventListener('abort', () => reject(signal.reason));
        parentPort.postMessage({ type: 'request', id, name, steal });
      });
      return await Promise.race([action(), new Promise((_, reject) => requests.set(id, { reject }))]);
    } finally {
      requests.delete(id);
      parentPort.postMessage({ type: 'release', id });
    }
  },
};
Object.defineProperty(globalThis, 'navigator', { value: workerData.locks === false ? {} : { locks }, configurable: true });

const { watch } = await import('../../src/client.js');

parentPort.on('message', ({ type, id, options, event, more, hidden }) => {
  if (type === 'granted') requests.get(id)?.resolve?.();
  else if (type === 'stolen') requests.get(id)?.reject(new DOMException('stolen', 'AbortError'));
  else if (type === 'refused') requests.get(id)?.reject(new DOMException('no origin', 'SecurityError'));
  else if (type === 'lose') lost = 1;
  else if (type === 'unwatch') watches.get(id).close();
  else if (type === 'tell') {
    document.hidden = hidden;
    page.dispatchEvent(Object.assign(new Event(event), more));
  } else if (type === 'freeze') {
    Atomics.store(gate, 0, 1);
    Atomics.wait(gate, 0, 1);
  } else if (type === 'watch') {
    const tell = (type) => (state) => parentPort.postMessage({ type, id, state });
    watches.set(id, watch(id, {
      minDelay: 20, maxDelay: 40, ...options,
      onProgress: tell('progress'), onChange: tell('change'), onEnd: tell('end'), onUnknown: tell('unknown'),
      onConnected: tell('connected'), onDisconnected: tell('disconnected'), onReset: tell('reset'),
    }));
  }
});
parentPort.postMessage({ type: 'ready' });
