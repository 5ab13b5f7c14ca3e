/**
 * A connection that can be cut: streams are closed, requests and uploads fail for a while, as with a cable that is pulled.
 * The client knows nothing of it, and does what it would do then. All tabs are cut, as they share a stream.
 */

const PlatformSource = globalThis.EventSource;
const PlatformRequest = globalThis.XMLHttpRequest;
const platformFetch = globalThis.fetch;
const tabs = new BroadcastChannel('line');
const open = new Set();
let cut = false;

class CuttableSource extends PlatformSource {

  constructor(url, init) {
    super(url, init);
    open.add(this);
    if (cut) {
      queueMicrotask(() => this.cut());
    }
  }

  close() {
    super.close();
    open.delete(this);
  }

  cut() {
    this.close();
    this.dispatchEvent(new Event('error'));
  }
}

class CuttableRequest extends PlatformRequest {

  send(body) {
    open.add(this);
    this.addEventListener('loadend', () => open.delete(this));
    super.send(body);
    if (cut) {
      queueMicrotask(() => this.cut());
    }
  }

  cut() {
    this.abort();
    this.dispatchEvent(new ProgressEvent('error'));
  }
}

async function cuttableFetch(target, init = {}) {
  const pulled = new AbortController();
  const request = { cut: () => pulled.abort(new TypeError('The connection is cut')) };
  open.add(request);
  if (cut) {
    request.cut();
  }
  try {
    return await platformFetch(target, { ...init, signal: AbortSignal.any([pulled.signal, ...(init.signal ? [init.signal] : [])]) });
  } finally {
    open.delete(request);
  }
}

globalThis.EventSource = CuttableSource;
globalThis.XMLHttpRequest = CuttableRequest;
globalThis.fetch = cuttableFetch;

/** @param {function()} action is called when another tab cuts the connection */
export function onCut(action) {
  tabs.onmessage = action;
}

/** Cuts that of the other tabs, too. */
export function cutOthers() {
  tabs.postMessage('cut');
}

/**
 * @param {number} seconds
 * @param {function(number)} onTick hears how many are left
 */
export async function cutFor(seconds, onTick) {
  cut = true;
  [...open].forEach((connection) => connection.cut());
  for (let left = seconds; left > 0; left--) {
    onTick(left);
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  cut = false;
  dispatchEvent(new Event('online'));
}
