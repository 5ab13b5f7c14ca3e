// Keeps a stream open: a lost one is opened again, and the job's status says why there is none.

/** @import { Job } from './job.js' */
/** @import { Connection, Problem, Progress } from './state.js' */

/**
 * @typedef {object} Settings
 * @property {HeadersInit | (() => HeadersInit | Promise<HeadersInit>)} [headers] sent with each request; streams by
 *   `fetch` then, as an `EventSource` sends none
 * @property {RequestCredentials} [credentials] `include` for cookies of another origin
 * @property {number} [minDelay] shortest pause before another try, in milliseconds; 1000
 * @property {number} [maxDelay] longest pause, in milliseconds; 30000
 * @property {number} [await] how long a job that is not there is waited for, in milliseconds; 30000
 * @property {number} [maxStreams] of one page, as a browser opens six connections to an HTTP/1.1 server; more jobs poll;
 *   4
 * @property {boolean} [tabs] whether tabs of the browser share a stream; true
 * @property {string | null} [statusUrl] where the job's status is; by default the stream's URL, asked for JSON. `null`
 *   for nowhere
 *
 * @typedef {object} Task
 * @property {() => string | URL | Promise<string | URL>} url of the stream; asked for each request
 * @property {{fresh: boolean}} way whether the URL may be another one each time
 * @property {() => string} cursor the last event's id
 * @property {(name: string, data: any, id: string) => void} event
 * @property {Map<string, Job>} jobs
 * @property {(data: any) => string} keyOf which of them it is about
 * @property {(job: Job | undefined, data: any, name: string) => Partial<Progress> | null | undefined} read
 * @property {(connection: Connection, problem?: Problem) => void} connected
 * @property {(problem: Problem) => void} gone nothing comes any more
 * @property {(list: any, goesOn: boolean) => void} [listed] takes the status instead of the jobs
 */

const EVENTS = ['ping', 'progress', 'done', 'failed', 'cancelled', 'unknown', 'reset', 'started', 'complete', 'listed', 'message'];

/** A stream that does not begin for so long is stuck, in milliseconds. */
const OPENING = 15_000;
/** Longest pause before another try; longer than servers ask for. */
const RETURNING = 30_000;
/** Time without data after which a stream counts as dead, if the server does not send its heartbeat interval. */
const SILENCE = 45_000;
/** Time between two polls of the status, unless the server sets it. */
const POLL = 2000;

/** @type {Problem} */
const NETWORK = { reason: 'network', status: 0 };
const PAGE = ['visibilitychange', 'pageshow', 'pagehide', 'online'];

let streams = 0;

/** What a server that is away does not give out is done without. */
const loadStatus = () => import('./status.js').catch(() => null);

/**
 * @param {Task} task
 * @param {Settings} settings
 */
export function keepOpen(task, settings) {
  const { minDelay = 1000, maxDelay = 30_000, maxStreams = 4, credentials, headers, statusUrl, await: patience = 30_000 } = settings;
  const { document, location } = globalThis;
  const fresh = task.way.fresh || typeof headers === 'function';
  /** @type {any} */
  let source;
  /** @type {any} */
  let timer;
  /** @type {any} */
  let watchdog;
  /** @type {number} */
  let deadline;
  let turn = 0;
  let failures = 0;
  let deaf = 0;
  let denied = 0;
  let retry = 0;
  let tried = 0;
  let silence = SILENCE;
  let opened = false;
  let tag = '';
  let broken = '';

  /**
   * Runs one action at a time: an action that was followed by a later one has no effect.
   *
   * @param {(mine: number) => Promise<void>} action
   */
  function attempt(action) {
    drop();
    const mine = turn;
    return action(mine).catch(() => {
      if (mine === turn) again(NETWORK);
    });
  }

  const hasRoom = () => !document || streams < maxStreams;

  /** @returns {Promise<void>} */
  const connect = () => attempt(async (mine) => {
    const url = new URL(await task.url(), location?.href);
    const Source = (!headers && globalThis.EventSource) || (await import('./fetch-source.js')).FetchSource;
    if (mine !== turn) return;
    if (!hasRoom()) return poll();
    const cursor = task.cursor();
    url.search += `&stale=reset&heartbeat=event${cursor && `&lastEventId=${encodeURIComponent(cursor)}`}`;
    streams++;
    source = new Source(url, { withCredentials: credentials === 'include', headers });
    opened = false;
    tried = Date.now();
    deaf++;
    guard(OPENING);
    source.onopen = () => {
      opened = true;
      guard(silence);
      loadStatus();
      task.connected('open');
    };
    source.onerror = (/** @type {any} */ event) => {
      // When a page returns from the cache, WebKit reports the end of the stream that was closed there.
      if (mine !== turn) return;
      if (event.data) receive(event);
      else if (source.readyState === 2 || fresh || !opened) again(NETWORK);
      else {
        // The browser reconnects by itself, as the server asked; if that fails, it is done here.
        opened = false;
        guard(RETURNING);
        task.connected('reconnecting', NETWORK);
      }
    };
    for (const name of EVENTS) source.addEventListener(name, receive);
  });

  /** @param {MessageEvent} event */
  function receive({ type, data, lastEventId }) {
    let json;
    try {
      json = JSON.parse(data);
    } catch {
      // WebKit delivers half a frame of a broken connection. If the same one is broken again, it is skipped.
      if (broken !== (broken = lastEventId + data)) again(NETWORK);
      return;
    }
    failures = deaf = denied = 0;
    retry = json.retryMs || retry;
    silence = 3 * json.heartbeatMs || silence;
    guard(silence);
    task.event(type, json, lastEventId);
  }

  /** @param {number} time */
  function guard(time) {
    clearTimeout(watchdog);
    watchdog = setTimeout(again, time, NETWORK);
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
   * Full jitter, so that clients that lost the same server do not reconnect together.
   *
   * @param {Problem} problem
   * @param {number} [pause] how long the server asks to wait
   */
  function again(problem, pause = 0) {
    drop();
    const ceiling = Math.min(maxDelay, minDelay * 2 ** failures++);
    timer = setTimeout(poll, (pause || retry || minDelay) + Math.random() * ceiling);
    task.connected('reconnecting', problem);
  }

  /** @returns {Promise<void>} */
  const poll = () => attempt(async (mine) => {
    const status = statusUrl !== null && (await loadStatus());
    const answer = status && (await status.ask(task, settings, tag, deadline));
    if (mine !== turn) return;
    if (!answer) return connect();
    const { ok, body, pause, problem, over } = answer;
    if (ok) {
      const goesOn = hasRoom() && (deaf < 2 || Date.now() - tried > maxDelay);
      denied = 0;
      tag = goesOn ? '' : answer.tag;
      if (body) status.tell(task, answer, goesOn);
      if (mine !== turn) return;
      if (goesOn) return connect();
      timer = setTimeout(poll, pause || POLL);
      task.connected('polling');
    } else if (!over || (problem.status === 401 && fresh && !denied++)) {
      again(problem, pause);
    } else {
      close();
      task.gone(problem);
    }
  });

  /** @param {{type: string, persisted?: boolean}} event */
  function onPage({ type, persisted }) {
    if (type === 'pagehide') {
      if (persisted) drop();
    } else if (!document?.hidden && (type === 'online' || source?.readyState !== 1)) {
      // When a page or a network returns, its stream is often lost without an error.
      restart();
    }
  }

  function restart() {
    deadline = Date.now() + patience;
    failures = 0;
    connect();
  }

  /** @param {'addEventListener' | 'removeEventListener'} action */
  function listen(action) {
    for (const type of PAGE) globalThis[action]?.(type, /** @type {any} */ (onPage));
  }

  function close() {
    drop();
    listen('removeEventListener');
  }

  listen('addEventListener');
  restart();
  return { close, restart };
}
