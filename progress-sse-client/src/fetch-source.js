// An EventSource that sends headers. It reconnects by itself; any answer that is not a stream closes it for good.

/** @typedef {{withCredentials?: boolean, headers?: any}} Init */

export class FetchSource extends EventTarget {
  readyState = 0;
  /** @type {((event: Event) => void) | null} */
  onopen = null;
  /** @type {((event: Event) => void) | null} */
  onerror = null;
  #retry = 3000;
  #abort = new AbortController();
  /** @type {any} */
  #timer;
  #id = '';
  #name = '';
  /** @type {string[]} */
  #data = [];

  /**
   * @param {string | URL} url
   * @param {Init} init
   */
  constructor(url, init) {
    super();
    this.url = url;
    this.init = init;
    this.#run();
  }

  close() {
    this.readyState = 2;
    clearTimeout(this.#timer);
    this.#abort.abort();
  }

  async #run() {
    const body = await this.#open().catch(() => undefined);
    if (body) await this.#read(body).catch(() => {});
    if (this.readyState === 2) return;
    if (body === null) {
      this.close();
    } else {
      this.readyState = 0;
      this.#timer = setTimeout(() => this.#run(), this.#retry);
    }
    this.onerror?.(new Event('error'));
  }

  /** @returns {Promise<ReadableStream<Uint8Array> | null>} `null` for another answer */
  async #open() {
    const { withCredentials, headers } = this.init;
    const own = new Headers(typeof headers === 'function' ? await headers() : headers);
    own.set('accept', 'text/event-stream');
    if (this.#id) own.set('last-event-id', this.#id);
    const credentials = withCredentials ? 'include' : 'same-origin';
    const { status, headers: said, body } = await fetch(this.url, {
      headers: own, credentials, cache: 'no-store', signal: this.#abort.signal,
    });
    if (status === 200 && body && /^text\/event-stream\b/i.test(said.get('content-type') ?? '')) return body;
    body?.cancel().catch(() => {});
    return null;
  }

  /** @param {ReadableStream<Uint8Array>} body */
  async #read(body) {
    if (this.readyState === 2) return;
    this.readyState = 1;
    this.onopen?.(new Event('open'));
    this.#name = '';
    this.#data = [];
    const reader = body.getReader();
    const decoder = new TextDecoder();
    let rest = '';
    for (let next; this.readyState === 1 && !(next = await reader.read()).done; ) {
      // A carriage return at the end may be half a line break: it waits for what follows.
      const lines = (rest + decoder.decode(next.value, { stream: true })).split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? '';
      lines.forEach((line) => this.#take(line));
    }
  }

  /** @param {string} line */
  #take(line) {
    if (this.readyState !== 1) return;
    const [, name, value] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
    if (!line) this.#dispatch();
    else if (name === 'event') this.#name = value;
    else if (name === 'data') this.#data.push(value);
    else if (name === 'id' && !value.includes('\0')) this.#id = value;
    else if (name === 'retry' && /^\d+$/.test(value)) this.#retry = Number(value);
  }

  #dispatch() {
    const type = this.#name || 'message';
    const data = this.#data.splice(0);
    this.#name = '';
    if (data.length) {
      const event = new MessageEvent(type, { data: data.join('\n'), lastEventId: this.#id });
      this.dispatchEvent(event);
      if (type === 'error') this.onerror?.(event);
    }
  }
}
