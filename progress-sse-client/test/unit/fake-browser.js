// A browser whose tabs are threads: they have what a tab has of its own, and messages go between them as in a browser.
// Web Locks are kept here, as Node has none before 24.
import { Worker } from 'node:worker_threads';
import { until } from './helpers.js';

export class FakeBrowser {
  #tabs = [];
  /** @type {Map<string, {tab: Tab, id: number}[]>} the first of them holds the lock */
  #locks = new Map();
  /** Whether locks are refused, as to a page of no origin. */
  refusesLocks = false;

  async open(options = {}) {
    const tab = new Tab(this, options);
    this.#tabs.push(tab);
    await until(() => tab.ready);
    return tab;
  }

  async quit() {
    await Promise.all(this.#tabs.map((tab) => tab.crash()));
  }

  request(tab, { id, name, steal }) {
    if (this.refusesLocks) return tab.post({ type: 'refused', id });
    const queue = this.#locks.get(name) ?? [];
    this.#locks.set(name, queue);
    if (steal && queue.length) {
      const robbed = queue.shift();
      robbed.tab.post({ type: 'stolen', id: robbed.id });
    }
    if (steal) queue.unshift({ tab, id });
    else queue.push({ tab, id });
    if (steal || queue.length === 1) tab.post({ type: 'granted', id });
  }

  release(tab, isIt = () => true) {
    for (const [name, queue] of this.#locks) {
      const [holder] = queue;
      const left = queue.filter((each) => each.tab !== tab || !isIt(each));
      this.#locks.set(name, left);
      if (left.length && left[0] !== holder) left[0].tab.post({ type: 'granted', id: left[0].id });
    }
  }

  /** How many hold a lock or wait for one. */
  get locks() {
    return [...this.#locks.values()].flat().length;
  }
}

class Tab {
  ready = false;
  /** @type {{[id: string]: {progress: number[], calls: string[], state: any}}} */
  jobs = {};
  faults = [];
  #gate = new Int32Array(new SharedArrayBuffer(4));

  constructor(browser, options) {
    this.browser = browser;
    this.worker = new Worker(new URL('fake-tab.js', import.meta.url), { workerData: { gate: this.#gate, ...options } });
    this.worker.on('error', (error) => this.faults.push(error.message));
    this.worker.on('message', ({ type, ...message }) => {
      if (type === 'request') browser.request(this, message);
      else if (type === 'release') browser.release(this, ({ id }) => id === message.id);
      else if (type === 'ready') this.ready = true;
      else if (type === 'progress') this.jobs[message.id].progress.push(message.state.completed);
      else if (type === 'change') this.jobs[message.id].state = message.state;
      else this.jobs[message.id].calls.push(type);
    });
  }

  post(message) {
    this.worker.postMessage(message);
  }

  watch(id, options) {
    this.jobs[id] = { progress: [], calls: [], state: {} };
    this.post({ type: 'watch', id, options });
    return this.jobs[id];
  }

  unwatch(id) {
    this.post({ type: 'unwatch', id });
  }

  /** The next thing that the leader tells does not arrive. */
  lose() {
    this.post({ type: 'lose' });
  }

  /** The page is told of it. */
  tell(event, more, hidden = false) {
    this.post({ type: 'tell', event, more, hidden });
  }

  /** Nothing runs in it any more until it is thawed. */
  async freeze() {
    this.post({ type: 'freeze' });
    await until(() => Atomics.load(this.#gate, 0) === 1);
  }

  thaw() {
    Atomics.store(this.#gate, 0, 0);
    Atomics.notify(this.#gate, 0);
  }

  /** Without a word to anybody. */
  async crash() {
    this.thaw();
    await this.worker.terminate();
    this.browser.release(this);
  }
}
