// Stands between a browser and the application, and does what networks do.
import http from 'node:http';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>test</title><script type="module">
  window.client = await import('/progress/client.js');
  window.faults = [];
  addEventListener('error', (event) => faults.push(String(event.message)));
  addEventListener('unhandledrejection', (event) => faults.push(String(event.reason)));
  window.look = (target, options = {}) => {
    const seen = { completed: [], events: [], calls: [] };
    const log = (name) => () => seen.calls.push(name);
    seen.watch = client.watch(target, {
      minDelay: 200, maxDelay: 1000, ...options,
      onProgress: (state, event) => { seen.completed.push(state.completed ?? 0); seen.events.push(event.completed ?? 0); },
      onConnected: log('connected'), onDisconnected: log('disconnected'), onReset: log('reset'), onUnknown: log('unknown'), onEnd: log('end'),
    });
    return seen;
  };
  window.ready = true;
</script>`;

export class FlakyProxy {
  #answers = new Map();
  #sockets = new Set();
  /** @type {Map<http.ServerResponse, string>} */
  #open = new Map();
  /** Status of all answers while it is not 0. */
  refuse = 0;
  /** Whether nothing comes through, though connections stay. */
  frozen = false;
  /** Bytes of events after which each stream is cut once. */
  cutAfter = 0;
  requests = [];

  static async start(origin) {
    const proxy = new FlakyProxy();
    proxy.target = new URL(origin);
    await proxy.up();
    return proxy;
  }

  /** Answers a path by itself. */
  answer(path, action) {
    this.#answers.set(path, action);
  }

  get streams() {
    return this.#open.size;
  }

  get streamUrls() {
    return [...this.#open.values()];
  }

  /** Listens again, at the port that it had. */
  async up() {
    this.http = http.createServer((request, response) => this.#serve(request, response));
    this.http.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    this.http.listen(this.port ?? 0, '127.0.0.1');
    await once(this.http, 'listening');
    this.port = this.http.address().port;
    this.origin = `http://localhost:${this.port}`;
  }

  /** As a server that is being restarted: its port refuses connections. */
  async down() {
    const closed = once(this.http, 'close');
    this.http.close();
    this.cut();
    await closed;
  }

  cut() {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  #serve(request, response) {
    const { url, method, headers } = request;
    const isStream = (headers.accept ?? '').includes('text/event-stream');
    this.requests.push({ method, url, isStream });
    request.on('error', () => {});
    response.on('error', () => {});
    const own = this.#answers.get(url.split('?')[0]);
    if (own) return own(request, response);
    if (process.env.FROM_SOURCE && url.startsWith('/progress/') && url.endsWith('.js')) return response.writeHead(200, { 'content-type': 'text/javascript' }).end(readFileSync(new URL('../../src/' + url.slice(10), import.meta.url)));
    if (url.startsWith('/test.html')) return response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE);
    if (this.refuse && url.includes('/jobs')) return response.writeHead(this.refuse, { 'content-type': 'text/html' }).end('<h1>no</h1>');
    const { hostname, port } = this.target;
    const up = http.request({ hostname, port, path: url, method, headers }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      response.flushHeaders();
      if (isStream) {
        this.#open.set(response, url);
        response.on('close', () => { this.#open.delete(response); up.destroy(); });
      }
      answer.on('error', () => response.destroy());
      answer.on('end', () => response.end());
      answer.on('data', (chunk) => {
        if (this.frozen) return;
        const at = isStream && this.cutAfter ? chunk.indexOf('"completed"') : -1;
        if (at > 0) {
          // In the middle of a frame.
          this.cutAfter = 0;
          response.write(chunk.subarray(0, at + 5), () => response.socket.resetAndDestroy());
        } else {
          response.write(chunk);
        }
      });
    });
    up.on('error', () => response.destroy());
    request.pipe(up);
  }

  async stop() {
    this.http.close();
    this.http.closeAllConnections();
  }
}
