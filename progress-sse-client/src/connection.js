// A stream that is kept open: lost ones are sought again, and the job's status says why there is none.

/** @import { Connection, Problem } from './state.js' */

/**
 * @typedef {object} Settings
 * @property {HeadersInit | (() => HeadersInit | Promise<HeadersInit>)} [headers] sent with each request; streams by
 *   `fetch` then, as an `EventSource` sends none
 * @property {RequestCredentials} [credentials] `include` for cookies of another origin
 * @property {number} [minDelay] shortest pause before another try, in milliseconds; 1000
 * @property {number} [maxDelay] longest pause, in milliseconds; 30000
 * @property {number} [await] how long a job that is not there is waited for, in milliseconds; 30000
 * @property {number} [maxStreams] of one page on HTTP/1.1, where a browser opens six connections; others poll; 4
 * @property {string | URL | (() => string | URL | Promise<string | URL>) | null} [statusUrl] where the job's status is;
 *   by default the stream's URL, asked for JSON. `null` for nowhere
 * @property {typeof fetch} [fetch]
 * @property {any} [EventSource] a class like the browser's
 *
 * @typedef {object} Task
 * @property {() => string | URL | Promise<string | URL>} url of the stream; asked for each request
 * @property {boolean} fresh whether the URL may be another one each time
 * @property {() => string} cursor the last event's id
 * @property {Iterable<string>} names of events
 * @property {(name: string, data: any, id: string) => void} onEvent
 * @property {(json: any, tag: string) => void} onSnapshot
 * @property {(connection: Connection, problem: Problem | null) => void} onConnection
 * @property {(problem: Problem) => void} onGone nothing comes any more
 */

/** What is neither heartbeat nor event for so long is no stream, in milliseconds. */
const OPENING = 15_000;
/** Longer than the server asks to wait before another try. */
const RETURNING = 30_000;
/** Silence that ends a stream of a server that does not tell its heartbeat. */
const SILENCE = 45_000;
/** How often is asked for the status, unless the server says. */
const POLL = 2000;

/** @type {{[status: number]: Problem['reason']}} */
const REASONS = { 0: 'network', 401: 'unauthorized', 403: 'forbidden', 404: 'not-found', 410: 'not-found' };
const AGAIN = [408, 410, 425, 429];

let streams = 0;

/**
 * @param {Task} task
 * @param {Settings} settings
 */
export function keepOpen(task, settings) {
  const { minDelay = 1000, maxDelay = 30_000, maxStreams = 4, credentials = 'same-origin', headers } = settings;
  const ask = settings.fetch ?? globalThis.fetch;
  const fresh = task.fresh || typeof headers === 'function';
  const patience = settings.await ?? 30_000;
  let deadline = Date.now() + patience;
  /** @type {any} */
  let source = null;
  /** @type {any} */
  let timer;
  /** @type {any} */
  let watchdog;
  let turn = 0;
  let closed = false;
  let opened = false;
  let heard = false;
  let heardAt = Date.now();
  let triedAt = 0;
  let failures = 0;
  let deaf = 0;
  let denied = 0;
  let silence = SILENCE;
  let retry = 0;
  let tag = '';
  let broken = '';

  /** @returns {Promise<void>} */
  async function connect() {
    drop();
    if (!hasRoom(maxStreams)) return poll();
    const mine = turn;
    triedAt = Date.now();
    streams++;
    source = { close() {} };
    try {
      const url = new URL(await task.url(), globalThis.location?.href);
      const Source = settings.EventSource ?? (headers || !globalThis.EventSource
        ? (await import('./fetch-source.js')).FetchSource : globalThis.EventSource);
      if (mine !== turn) return;
      url.searchParams.set('stale', 'reset');
      url.searchParams.set('heartbeat', 'event');
      if (task.cursor()) url.searchParams.set('lastEventId', task.cursor());
      source = new Source(url.href, { withCredentials: credentials === 'include', headers, fetch: ask });
    } catch {
      if (mine === turn) again(connect, { reason: 'network', status: 0 });
      return;
    }
    opened = heard = false;
    source.onopen = () => {
      opened = true;
      guard(silence);
      task.onConnection('open', null);
    };
    source.onerror = (/** @type {any} */ event) => {
      if (typeof event.data === 'string') receive(event);
      else if (source.readyState === 2 || (fresh && opened)) lost();
      else if (opened) {
        guard(RETURNING);
        task.onConnection('reconnecting', { reason: 'network', status: 0 });
      }
    };
    for (const name of task.names) source.addEventListener(name, receive);
    source.addEventListener('ping', receive);
    guard(OPENING);
  }

  /** @param {MessageEvent} event */
  function receive({ type, data, lastEventId }) {
    if (closed) return;
    let json;
    try {
      json = JSON.parse(data);
    } catch {
      // Half a frame of a connection that broke: WebKit delivers it. What is so each time is left out.
      if (broken !== lastEventId + data) {
        broken = lastEventId + data;
        lost();
      }
      return;
    }
    hear();
    if (type === 'ping') {
      retry = json.retryMs ?? retry;
      silence = json.heartbeatMs ? Math.max(3 * json.heartbeatMs, 1000) : silence;
    } else {
      task.onEvent(type, json, lastEventId);
    }
    if (!closed) guard(silence);
  }

  function hear() {
    heard = true;
    failures = deaf = denied = 0;
    heardAt = Date.now();
  }

  /** @param {number} time */
  function guard(time) {
    clearTimeout(watchdog);
    watchdog = setTimeout(lost, time);
  }

  function lost() {
    drop();
    deaf = heard ? 0 : deaf + 1;
    again(poll, { reason: 'network', status: 0 });
  }

  function drop() {
    turn++;
    clearTimeout(timer);
    clearTimeout(watchdog);
    if (source) {
      streams--;
      source.close();
      source = null;
    }
  }

  /**
   * Full jitter: clients that lost the same server come back one by one.
   *
   * @param {() => void} action
   * @param {Problem} problem
   * @param {number} [pause] how long the server asks to wait
   */
  function again(action, problem, pause = retry || minDelay / 2) {
    drop();
    const ceiling = Math.min(maxDelay, minDelay * 2 ** Math.min(failures++, 10));
    timer = setTimeout(action, pause + Math.random() * ceiling);
    task.onConnection('reconnecting', problem);
  }

  /** @returns {Promise<void>} */
  async function poll() {
    drop();
    const mine = turn;
    if (settings.statusUrl === null) return connect();
    /** @type {Response} */
    let response;
    let body;
    try {
      const given = settings.statusUrl ?? task.url;
      const url = new URL(typeof given === 'function' ? await given() : given, globalThis.location?.href);
      const own = new Headers(typeof headers === 'function' ? await headers() : headers);
      own.set('accept', 'application/json');
      if (tag) own.set('if-none-match', tag);
      response = await ask(url, { headers: own, credentials, cache: 'no-store', signal: AbortSignal.timeout(OPENING) });
      body = await response.json().catch(() => null);
    } catch {
      if (mine === turn) again(poll, { reason: 'network', status: 0 });
      return;
    }
    if (mine === turn) answered(response, body, pauseOf(response));
  }

  /**
   * @param {Response} response
   * @param {any} body
   * @param {number} pause
   */
  function answered({ status, headers: said }, body, pause) {
    if (status === 200 && body) {
      tag = said.get('etag') ?? '';
      task.onSnapshot(body, tag);
    }
    if (closed) return;
    if (status === 304 || (status === 200 && body)) {
      const wanted = hasRoom(maxStreams) && (deaf < 2 || Date.now() - triedAt > maxDelay);
      if (wanted) return connect();
      timer = setTimeout(poll, pause || POLL);
      return task.onConnection('polling', null);
    }
    /** @type {Problem} */
    const problem = { reason: REASONS[status] ?? (status < 500 && status >= 400 ? 'refused' : 'server'), status };
    if (body?.title) problem.title = body.title;
    const waits = status === 404 && !task.cursor() && Date.now() < deadline;
    const renews = status === 401 && fresh && denied++ === 0;
    if (waits || renews) again(connect, problem);
    else if (status >= 400 && status < 500 && !AGAIN.includes(status)) gone(problem);
    else again(poll, problem, pause || undefined);
  }

  /** @param {Problem} problem */
  function gone(problem) {
    close();
    task.onGone(problem);
  }

  /** A page that comes back, or a network, has often lost its stream without a word. */
  function revive() {
    if (closed) return;
    failures = 0;
    connect();
  }

  /** @param {PageTransitionEvent} event */
  function onPage({ type, persisted }) {
    if (type === 'pagehide') {
      if (persisted) drop();
    } else if (type === 'online' || persisted || (visible() && (!source || source.readyState === 2 || isStale()))) {
      revive();
    }
  }

  const isStale = () => Date.now() - heardAt > silence && Date.now() - triedAt > OPENING;

  function close() {
    closed = true;
    drop();
    for (const [target, type] of listened) target?.removeEventListener?.(type, onPage);
  }

  /** @type {[any, string][]} */
  const listened = [
    [globalThis.document, 'visibilitychange'],
    ...['pageshow', 'pagehide', 'online'].map((type) => /** @type {[any, string]} */ ([globalThis.window, type])),
  ];
  for (const [target, type] of listened) target?.addEventListener(type, onPage);
  connect();
  return {
    close,
    restart() {
      deadline = Date.now() + patience;
      revive();
    },
  };
}

const visible = () => globalThis.document?.visibilityState !== 'hidden';

/** @param {number} most */
function hasRoom(most) {
  if (!globalThis.document || streams < most) return true;
  const [page] = performance.getEntriesByType('navigation');
  return !/^http\/1|^$/.test(/** @type {any} */ (page)?.nextHopProtocol ?? '');
}

/** @param {Response} response */
function pauseOf({ headers }) {
  const text = headers.get('retry-after') ?? '';
  const pause = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return pause > 0 ? Math.min(pause, 300_000) : 0;
}
