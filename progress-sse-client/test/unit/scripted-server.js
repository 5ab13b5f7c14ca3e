// A server that does what a test tells it to, and keeps what it was asked.
import { createServer } from 'node:http';
import { once } from 'node:events';

/**
 * @typedef {import('node:http').IncomingMessage & {params: URLSearchParams, path: string, isStream: boolean}} Asked
 * @typedef {(request: Asked, response: import('node:http').ServerResponse) => unknown} Step
 */

export class ScriptedServer {
  /** @type {Asked[]} */
  requests = [];
  /** @type {Set<import('node:http').ServerResponse>} */
  streams = new Set();
  /** What each next stream does; the last step stays. @type {Step[]} */
  script = [(_, response) => open(response)];
  /** @type {Step} */
  status = (_, response) => json(response, 404, { title: 'Unknown job' });
  /** @type {Step} */
  other = (_, response) => json(response, 202, {});

  static async start(port = 0) {
    const server = new ScriptedServer();
    server.http = createServer((request, response) => server.#answer(request, response));
    server.http.listen(port, '127.0.0.1');
    await once(server.http, 'listening');
    server.port = server.http.address().port;
    server.base = `http://127.0.0.1:${server.port}/progress`;
    return server;
  }

  #answer(request, response) {
    const url = new URL(request.url, 'http://here');
    request.path = url.pathname;
    request.params = url.searchParams;
    request.isStream = request.headers.accept === 'text/event-stream';
    this.requests.push(request);
    response.on('error', () => {});
    if (request.isStream) {
      this.streams.add(response);
      response.on('close', () => this.streams.delete(response));
      const step = this.script.length > 1 ? this.script.shift() : this.script[0];
      step(request, response);
    } else if (request.method === 'GET') {
      this.status(request, response);
    } else {
      this.other(request, response);
    }
  }

  get streamRequests() {
    return this.requests.filter((request) => request.isStream);
  }

  get statusRequests() {
    return this.requests.filter((request) => !request.isStream && request.method === 'GET');
  }

  /** Cuts all streams in the middle of what they say. */
  cut() {
    for (const stream of this.streams) stream.destroy();
  }

  send(...events) {
    for (const stream of this.streams) send(stream, ...events);
  }

  async stop() {
    this.http.closeAllConnections();
    this.http.close();
    await once(this.http, 'close').catch(() => {});
  }
}

export function open(response, { heartbeatMs = 4000, retryMs } = {}) {
  response.writeHead(200, { 'content-type': 'text/event-stream;charset=UTF-8' });
  response.write('retry: 50\n: progress-sse\n\n');
  if (heartbeatMs) ping(response, { heartbeatMs, retryMs });
}

export function ping(response, data) {
  response.write(`event: ping\ndata: ${JSON.stringify(data)}\n\n`);
}

/** An event is `{state, id, …}`; its name follows from its state unless `event` says another. */
export function send(response, ...events) {
  for (const { id, event, ...data } of events) {
    const name = event ?? (['done', 'failed', 'cancelled'].includes(data.state) ? data.state : 'progress');
    response.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n${id ? `id: ${id}\n` : ''}\n`);
  }
}

export function json(response, status, body, headers = {}) {
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  response.writeHead(status, { 'content-type': type, ...headers });
  response.end(body === undefined ? '' : JSON.stringify(body));
}

export const running = (n, more = {}) =>
  ({ jobId: 'job', job: 'test', state: 'running', attempt: 1, progress: n / 100, completed: n, id: `1000-${n}`, ...more });

export const ended = (n, state = 'done', more = {}) => running(n, { state, ...more });
