// The stand-in for EventSource reads streams as the standard has it.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { FetchSource } from '../../src/fetch-source.js';
import { ScriptedServer } from './scripted-server.js';
import { until } from './helpers.js';

let server;
let source;
let got;

beforeEach(async () => {
  server = await ScriptedServer.start();
  got = [];
});
afterEach(() => {
  source?.close();
  return server.stop();
});

function listen() {
  source = new FetchSource(`${server.base}/x`, {});
  for (const name of ['message', 'progress']) source.addEventListener(name, ({ type, data, lastEventId }) => got.push([type, data, lastEventId]));
}

function writes(...chunks) {
  server.script = [async (_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const chunk of chunks) {
      response.write(chunk);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }];
}

const STREAM = '\uFEFFretry: 9\n: comment\n\nevent: progress\r\ndata: ä\r\ndata:  b\rid: 7\r\n\r\ndata\n\nid: 8\n\nid: a\0b\ndata: 世界\n\n: hb\nevent: x\n\ndata: last\n\nevent: progress\ndata: half';
const EVENTS = [['progress', 'ä\n b', '7'], ['message', '', '7'], ['message', '世界', '8'], ['message', 'last', '8']];

test('a stream in one piece', async () => {
  writes(STREAM);
  listen();
  await until(() => got.length >= EVENTS.length);
  assert.deepEqual(got, EVENTS);
});

test('a stream byte by byte', async () => {
  writes(...Array.from(Buffer.from(STREAM), (byte) => Buffer.from([byte])));
  listen();
  await until(() => got.length >= EVENTS.length);
  assert.deepEqual(got, EVENTS);
});

test('it comes back after the time that it was told, behind the last event', async () => {
  writes('retry: 30\nid: 5\ndata: x\n\n');
  listen();
  await until(() => got.length === 1);
  server.cut();
  await until(() => server.streamRequests.length === 2);
  assert.equal(server.streamRequests[1].headers['last-event-id'], '5');
});

for (const [status, type] of [[204, ''], [200, 'text/html'], [503, 'text/event-stream']]) {
  test(`an answer ${status} ${type} closes it for good`, async () => {
    server.script = [(_, response) => { response.writeHead(status, type ? { 'content-type': type } : {}); response.end(); }];
    listen();
    let errors = 0;
    source.onerror = () => errors++;
    await until(() => source.readyState === 2 && errors === 1);
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(server.requests.length, 1);
  });
}
