// The tab that leads: one stream of the jobs of all tabs.

import { Channel, MAX_JOBS } from './channel.js';
import { ENDS } from './state.js';

/** @import { Way } from './channel.js' */
/** @import { Settings } from './connection.js' */
/** @import { Position } from './job.js' */
/** @import { Connection, Problem, Progress } from './state.js' */

/**
 * @typedef {{id: string, cursor: string, seen: Position | null}} Place up to where a tab has seen a job
 *
 * @typedef {object} Message
 * @property {'join' | 'leave' | 'ask' | 'lead' | 'here' | 'tell'} type the first three are told to the leader, the others
 *   by it
 * @property {string} from who says it
 * @property {Place[]} [jobs] `join`: what is watched
 * @property {string[]} [ids] `leave`: what is not watched any more; absent for all
 * @property {boolean} [again] `ask`: a stream that is lost is to be sought at once
 * @property {number} [turn] `join`: its number; `here`: that of the `join` that it answers
 * @property {string} [member] `here`: whose `join` that is
 * @property {number} [count] of what the leader has told
 * @property {string} [id] `tell`: the job
 * @property {'event' | 'status' | 'connection' | 'unknown' | 'tell'} [call] `tell`: what `Job` is told
 * @property {any[]} [values] `tell`: with these values
 * @property {string} [cursor] `tell`: id of the event
 * @property {string[]} [not] `tell`: not for these, for whom the stream has to be opened anew
 *
 * @typedef {object} Doors
 * @property {(message: Omit<Message, 'from'>) => void} tell tells all tabs
 * @property {(member: string, signal: AbortSignal, gone: () => void) => void} watch calls when a tab is not there any more
 * @property {() => void} empty nobody is left
 */

/** Tabs that come together get one stream, not one after the other; in milliseconds. */
const TOGETHER = 20;

export class Hub {
  /** @type {Channel[]} */
  #channels = [];
  /** @type {Map<string, Relay>} */
  #relays = new Map();
  /** @type {Map<string, AbortController>} */
  #members = new Map();
  #way;
  #settings;
  #doors;
  /** How much was told. */
  #count = 0;
  #lost = false;
  /** @type {Set<Channel>} streams that have to be opened anew */
  #due = new Set();
  /** @type {any} */
  #timer;

  /**
   * @param {Way} way
   * @param {Settings} settings
   * @param {Doors} doors
   */
  constructor(way, settings, doors) {
    this.#way = { ...way, url: (/** @type {string[]} */ ids) => this.#url(way, ids) };
    this.#settings = settings;
    this.#doors = doors;
  }

  /** @param {Message} message */
  take({ type, from, jobs = [], turn, ids, again }) {
    if (type === 'leave') {
      for (const relay of [...this.#relays.values()]) if (!ids || ids.includes(relay.id)) relay.leave(from);
      if (!ids) this.#drop(from);
      return;
    }
    if (type === 'join') {
      this.#watch(from);
      for (const relay of [...this.#relays.values()]) if (!jobs.some(({ id }) => id === relay.id)) relay.leave(from);
      for (const place of jobs) {
        const relay = this.#relay(place.id);
        if (relay.join(from, place)) this.#refresh(relay.channel);
      }
    } else if (again && this.#lost) {
      this.#channels.forEach((channel) => this.#refresh(channel));
    }
    this.#doors.tell({ type: 'here', count: this.#count, member: from, turn });
  }

  /**
   * Tells all tabs what a job is told.
   *
   * @param {Relay} relay
   * @param {Message['call']} call
   * @param {any[]} values
   */
  pass({ id, cursor, late }, call, values) {
    if (call === 'connection') this.#lost = values[0] === 'reconnecting';
    this.#doors.tell({ type: 'tell', count: ++this.#count, id, cursor, call, values, not: [...late] });
  }

  /** @param {string} id of a job that nobody watches any more */
  forget(id) {
    this.#relays.delete(id);
  }

  close() {
    clearTimeout(this.#timer);
    for (const relay of [...this.#relays.values()]) relay.close();
    for (const gone of this.#members.values()) gone.abort();
  }

  /** @param {string} id */
  #relay(id) {
    let relay = this.#relays.get(id);
    if (!relay) {
      let channel = this.#channels.find(({ jobs }) => jobs.size < MAX_JOBS);
      if (!channel) this.#channels.push((channel = new Channel(this.#way, this.#settings)));
      this.#relays.set(id, (relay = new Relay(this, channel, id)));
    }
    return relay;
  }

  /**
   * The stream before is closed when this is asked for, so nothing of it comes behind the rewinding.
   *
   * @param {Way} way
   * @param {string[]} ids
   */
  #url(way, ids) {
    for (const id of ids) this.#relays.get(id)?.rewind();
    return way.url(ids);
  }

  /** @param {Channel} channel */
  #refresh(channel) {
    this.#due.add(channel);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#due.forEach((each) => each.refresh());
      this.#due.clear();
    }, TOGETHER);
  }

  /** @param {string} member */
  #watch(member) {
    if (this.#members.has(member)) return;
    const gone = new AbortController();
    this.#members.set(member, gone);
    this.#doors.watch(member, gone.signal, () => this.take({ type: 'leave', from: member }));
  }

  /** @param {string} member */
  #drop(member) {
    this.#members.get(member)?.abort();
    this.#members.delete(member);
    if (!this.#members.size) this.#doors.empty();
  }
}

/** Stands for the `Job`s of all tabs. */
class Relay {
  /** @type {Set<any>} the tabs that watch it */
  watchers = new Set();
  /** @type {Set<string>} those who have to see first what is not on this stream any more */
  late = new Set();
  cursor = '';
  /** @type {Position | null} */
  seen = null;
  #hub;
  /** @type {Place | undefined} from where the next stream has to go on */
  #wanted;
  #begun = false;

  /**
   * @param {Hub} hub
   * @param {Channel} channel
   * @param {string} id
   */
  constructor(hub, channel, id) {
    this.#hub = hub;
    this.channel = channel;
    this.id = id;
    channel.jobs.set(id, /** @type {any} */ (this));
  }

  /**
   * @param {string} member
   * @param {Place} place
   * @returns {boolean} whether the stream has to be opened anew: the server judges all who join, by the cookies of now
   */
  join(member, place) {
    const known = this.#wanted ?? (this.#begun ? this : place);
    const behind = isBefore(place.seen, known.seen);
    if (this.watchers.has(member) && !behind) return false;
    this.watchers.add(member);
    this.late.add(member);
    this.#wanted = behind ? place : { id: this.id, cursor: known.cursor, seen: known.seen };
    return true;
  }

  /** @param {string} member */
  leave(member) {
    this.late.delete(member);
    this.channel.remove(this.id, /** @type {any} */ (member));
    if (!this.watchers.size) this.#hub.forget(this.id);
  }

  close() {
    for (const member of this.watchers) this.leave(member);
  }

  /** For those who were told so. */
  #end() {
    for (const member of this.watchers) if (!this.late.has(member)) this.leave(member);
  }

  /** Tabs that have seen more leave out what they know. */
  rewind() {
    if (this.#wanted) ({ cursor: this.cursor, seen: this.seen } = this.#wanted);
    this.#wanted = undefined;
    this.late.clear();
    this.#begun = true;
  }

  /**
   * @param {Partial<Progress>} progress
   * @param {any} data
   * @param {Position | null} position
   */
  event(progress, data, position) {
    this.seen = position ?? this.seen;
    this.#pass('event', progress, data, position);
  }

  /**
   * @param {Partial<Progress>} progress
   * @param {any} data
   * @param {Position | null} position
   */
  status(progress, data, position) {
    this.#pass('status', progress, data, position);
  }

  /**
   * @param {Connection} connection
   * @param {Problem | null} problem
   */
  connection(connection, problem) {
    this.#hub.pass(this, 'connection', [connection, problem]);
  }

  /** @param {Problem} problem */
  unknown(problem) {
    this.#hub.pass(this, 'unknown', [problem]);
    this.#end();
  }

  /** @param {string} name */
  tell(name) {
    this.#hub.pass(this, 'tell', [name]);
  }

  /**
   * @param {'event' | 'status'} call
   * @param {Partial<Progress>} progress
   * @param {any[]} more
   */
  #pass(call, progress, ...more) {
    this.#hub.pass(this, call, [progress, ...more]);
    if (ENDS[`${progress.state}`]) this.#end();
  }
}

/**
 * @param {Position | null} place
 * @param {Position | null} other
 */
const isBefore = (place, other) => !!other && (!place || (place[0] - other[0] || place[1] - other[1]) < 0);
