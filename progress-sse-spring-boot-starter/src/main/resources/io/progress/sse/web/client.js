// Watches a job's progress. No dependencies; works wherever EventSource or fetch does.

const TERMINAL = new Set(['done', 'failed', 'cancelled']);
const EVENTS = ['progress', 'done', 'failed', 'cancelled'];

/**
 * Watches a job until it ends.
 *
 * An EventSource alone gives up for good at any error status, and its page is not told which. This one makes a new
 * one, behind the last event that it has seen, and asks for the job's status while streams cannot be had.
 *
 * @param {string} url the job's event stream
 * @param {object} listener what to call; see client.d.ts
 * @param {object} [options] see client.d.ts
 * @returns {{close: function(): void}}
 */
export function watch(url, listener, options = {}) {
  const { minDelay = 1000, maxDelay = 30000, silence = 45000, withCredentials = false } = options;
  const Source = 'EventSource' in options ? options.EventSource : globalThis.EventSource;
  const ask = options.fetch ?? globalThis.fetch?.bind(globalThis);
  let source = null;
  let timer = null;
  let watchdog = null;
  let failures = 0;
  let lastEventId = options.lastEventId ?? '';
  let lastTag = '';
  let closed = false;

  function connect() {
    if (closed) return;
    clearTimeout(timer);
    if (!Source) return poll();
    const target = new URL(url, globalThis.location?.href);
    target.searchParams.set('stale', 'reset');
    target.searchParams.set('heartbeat', 'event');
    if (lastEventId) target.searchParams.set('lastEventId', lastEventId);
    source = new Source(target.href, { withCredentials });
    source.onopen = alive;
    source.onerror = () => {
      if (source?.readyState === 2) retry();
      else listener.onDisconnect?.();
    };
    for (const name of EVENTS) source.addEventListener(name, receive);
    source.addEventListener('ping', alive);
    source.addEventListener('reset', () => { alive(); listener.onReset?.(); });
    source.addEventListener('unknown', () => { close(); listener.onUnknown?.(); });
    restartWatchdog();
  }

  function alive() {
    failures = 0;
    restartWatchdog();
  }

  function receive(event) {
    alive();
    lastEventId = event.lastEventId || lastEventId;
    deliver(JSON.parse(event.data));
  }

  function deliver(progress) {
    const ended = TERMINAL.has(progress.state);
    if (ended) close();
    listener.onProgress?.(progress);
    if (ended) listener.onEnd?.(progress);
  }

  function restartWatchdog() {
    clearTimeout(watchdog);
    watchdog = setTimeout(retry, silence);
  }

  function drop() {
    clearTimeout(timer);
    clearTimeout(watchdog);
    source?.close();
    source = null;
  }

  // Full jitter: clients that lost the same server come back one by one.
  function later(action) {
    const ceiling = Math.min(maxDelay, minDelay * 2 ** Math.min(failures, 10));
    failures++;
    timer = setTimeout(action, minDelay / 2 + Math.random() * ceiling);
  }

  function retry() {
    if (closed) return;
    drop();
    listener.onDisconnect?.();
    later(poll);
  }

  async function poll() {
    if (closed) return;
    if (!ask) return connect();
    try {
      const headers = { accept: 'application/json' };
      if (lastTag) headers['if-none-match'] = lastTag;
      const response = await ask(url, { headers, credentials: withCredentials ? 'include' : 'same-origin', cache: 'no-store' });
      if (closed) return;
      if (response.status === 200) {
        lastTag = response.headers.get('etag') ?? '';
        deliver(await response.json());
      } else if (response.status === 404 || response.status === 401 || response.status === 403) {
        close();
        listener.onUnknown?.(response.status);
      }
      if (response.status === 200 || response.status === 304) {
        if (Source) connect();
        else later(poll), failures = 0;
        return;
      }
    } catch {
      // No network: tried again.
    }
    if (!closed) later(poll);
  }

  // A page that comes back from the background may have lost its stream without a word.
  function onShow() {
    if (!closed && document.visibilityState === 'visible' && (!source || source.readyState === 2)) {
      drop();
      connect();
    }
  }

  function close() {
    closed = true;
    drop();
    globalThis.document?.removeEventListener('visibilitychange', onShow);
    globalThis.removeEventListener?.('pageshow', onShow);
  }

  globalThis.document?.addEventListener('visibilitychange', onShow);
  if (globalThis.document) globalThis.addEventListener('pageshow', onShow);
  connect();
  return { close, get lastEventId() { return lastEventId; } };
}

/**
 * An id for a job that is to be watched from before it is submitted: open the stream under it, then send the work with
 * the header X-Job-Id.
 *
 * @returns {string}
 */
export function newJobId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
}
