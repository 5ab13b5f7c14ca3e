// One stream for all tabs of a browser: one tab leads, and passes on to the others what it is told.

import { keepOpen } from './connection.js';
import { Hub } from './hub.js';

/** @import { Channel } from './channel.js' */
/** @import { Settings } from './connection.js' */
/** @import { Message } from './hub.js' */

/** A leader that has said nothing for so long is asked whether it is there, in milliseconds. */
const QUIET = 5000;
/** One that does not answer for so long is frozen, or stuck. */
const ANSWER = 3000;

/**
 * Takes the place of `keepOpen` for streams that tabs may share.
 *
 * @param {Channel} channel
 * @param {Settings} settings
 */
export function share(channel, settings) {
  const { headers, tabs = true } = settings;
  // A header may say who the caller is, and tabs may have different ones. Cookies are those of the browser.
  return tabs && !headers ? new Member(channel, settings) : keepOpen(channel, settings);
}

/** A tab's jobs, among those of other tabs. */
class Member {
  #id = `${Math.random()}`.slice(2);
  /** Another version may speak differently. */
  #name;
  #channel;
  #settings;
  /** @type {BroadcastChannel | undefined} */
  #bus;
  /** Ends the requests for locks. */
  #stay = new AbortController();
  /** @type {Hub | undefined} while this tab leads */
  #hub;
  /** @type {() => void} gives the leader's lock back */
  #resign = () => {};
  #leader = '';
  /** How many messages of the leader were heard. */
  #heard = 0;
  /** Number of the newest `join`. */
  #turn = 0;
  /** Whether the leader knows what is watched here. */
  #known = false;
  /** @type {Channel['jobs']} jobs that the leader knows of */
  #joined = new Map();
  /** @type {any} */
  #watchdog;
  /** Whether this tab took the lead without asking, and has not heard of another leader since. */
  #took = false;
  #queued = false;
  #closed = false;
  /** @type {ReturnType<typeof keepOpen> | undefined} where tabs cannot share */
  #alone;

  /**
   * @param {Channel} channel
   * @param {Settings} settings
   */
  constructor(channel, settings) {
    this.#channel = channel;
    this.#settings = settings;
    this.#name = `progress-sse 1 ${JSON.stringify(channel.key)}`;
    this.#listen('addEventListener');
    this.#enter();
  }

  /** There are other jobs, or one has to be looked for again. */
  restart = () => (this.#alone ? this.#alone.restart() : this.#join());

  close = () => {
    this.#closed = true;
    this.#alone?.close();
    this.#send({ type: 'leave' });
    // While others need it, a leader stays one.
    if (!this.#hub) this.#leave();
  };

  #enter() {
    try {
      this.#bus = new BroadcastChannel(this.#name);
    } catch {
      return this.#separate();
    }
    this.#bus.onmessage = ({ data }) => this.#hear(data);
    this.#stay = new AbortController();
    const { signal } = this.#stay;
    // Others see by this lock that this tab is there.
    const here = () => {
      this.#join();
      return new Promise((resolve) => signal.addEventListener('abort', resolve));
    };
    navigator.locks.request(`${this.#name} ${this.#id}`, { signal }, here).catch(() => signal.aborted || this.#separate());
    this.#queue();
  }

  /** @param {LockOptions} [options] */
  #queue(options = { signal: this.#stay.signal }) {
    const { signal } = this.#stay;
    const lead = () => {
      if (!options.steal) this.#queued = false;
      return signal.aborted || this.#hub ? undefined : new Promise((resolve) => this.#lead(() => resolve(undefined)));
    };
    if (!options.steal) this.#queued = true;
    navigator.locks.request(this.#name, options, lead).catch(() => {
      if (signal.aborted) return;
      if (!this.#hub) return this.#separate();
      // Another one has taken the lead.
      this.#follow();
      if (this.#closed) return this.#leave();
      if (!this.#queued) this.#queue();
      this.#join();
    });
  }

  /** @param {() => void} resign */
  #lead(resign) {
    clearTimeout(this.#watchdog);
    this.#resign = resign;
    this.#hub = new Hub(this.#channel.way, this.#settings, {
      tell: (message) => this.#tell(message),
      watch: (member, signal, gone) => navigator.locks.request(`${this.#name} ${member}`, { signal }, gone).catch(() => {}),
      empty: () => this.#closed && this.#leave(),
    });
    this.#tell({ type: 'lead' });
  }

  #follow() {
    this.#hub?.close();
    this.#hub = undefined;
    this.#leader = '';
    this.#resign();
  }

  #leave() {
    clearTimeout(this.#watchdog);
    this.#follow();
    this.#stay.abort();
    this.#bus?.close();
    this.#bus = undefined;
    if (this.#closed) this.#listen('removeEventListener');
  }

  /** Tabs cannot share here, or do not hear each other. */
  #separate() {
    this.#leave();
    this.#listen('removeEventListener');
    if (!this.#closed) this.#alone ??= keepOpen(this.#channel, this.#settings);
  }

  /** Says which jobs are watched here, and from where they go on. */
  #join() {
    const jobs = Array.from(this.#channel.jobs.values(), ({ state, cursor, seen }) => ({ id: state.jobId, cursor, seen }));
    this.#joined = new Map(this.#channel.jobs);
    this.#known = false;
    this.#send({ type: 'join', jobs, turn: ++this.#turn });
    if (!this.#hub) this.#guard();
  }

  /** @param {Omit<Message, 'from'>} message to the leader */
  #send(message) {
    const said = { ...message, from: this.#id };
    if (this.#hub) this.#hub.take(said);
    else this.#bus?.postMessage(said);
  }

  /** @param {Omit<Message, 'from'>} message to all */
  #tell(message) {
    const said = { ...message, from: this.#id };
    this.#bus?.postMessage(said);
    this.#hear(said);
  }

  /** @param {Message} message */
  #hear(message) {
    const { type, from, member, turn, count = 0 } = message;
    if (type === 'join' || type === 'leave' || type === 'ask') {
      this.#hub?.take(message);
      return;
    }
    if (type === 'lead' || (type === 'here' && !this.#leader)) {
      this.#leader = from;
      this.#heard = count;
    }
    if (from !== this.#leader || this.#closed) return;
    if (from !== this.#id) {
      this.#took = false;
      this.#guard();
    }
    if (member === this.#id && turn === this.#turn) this.#known = true;
    const missed = count > this.#heard + (type === 'tell' ? 1 : 0);
    this.#heard = count;
    if (type === 'lead' || missed) this.#join();
    // Until it knows, what it tells is of a stream that may be ahead of what was seen here.
    else if (type === 'tell' && this.#known && !message.not?.includes(this.#id)) this.#apply(message);
  }

  /** @param {Message} message */
  #apply({ id = '', call = 'tell', values = [], cursor }) {
    const job = this.#joined.get(id);
    if (job && job === this.#channel.jobs.get(id)) {
      if (cursor) job.cursor = cursor;
      /** @type {any} */ (job)[call](...values);
    } else if (this.#joined.delete(id) && !this.#channel.jobs.has(id)) {
      this.#send({ type: 'leave', ids: [id] });
    }
  }

  /** A follower does not wait for a leader for ever. */
  #guard() {
    clearTimeout(this.#watchdog);
    if (this.#closed || !this.#bus) return;
    this.#watchdog = setTimeout(() => {
      this.#send({ type: 'ask' });
      this.#watchdog = setTimeout(() => this.#take(), ANSWER);
    }, QUIET);
  }

  #take() {
    // They do not hear each other, and would take it in turns.
    if (this.#took) return this.#separate();
    this.#took = true;
    this.#queue({ steal: true });
  }

  /** @param {'addEventListener' | 'removeEventListener'} action */
  #listen(action) {
    for (const type of ['pagehide', 'pageshow', 'visibilitychange']) globalThis[action](type, this.#onPage);
  }

  /** A page in the back/forward cache must hold no lock. @param {{type: string}} event */
  #onPage = ({ type }) => {
    if (type === 'pagehide') {
      this.#send({ type: 'leave' });
      this.#leave();
    } else if (!this.#bus) {
      if (!this.#closed) this.#enter();
    } else if (!document.hidden) {
      // The timers of a leader that is hidden are slow.
      this.#send({ type: 'ask', again: true });
    }
  };
}
