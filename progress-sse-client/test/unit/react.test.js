import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { openPage } from './page.js';
import { ended, json, open, running, ScriptedServer, send } from './scripted-server.js';
import { until } from './helpers.js';

/** @type {import('react')} */
let React;
let hydrateRoot;
let createRoot;
let flushSync;
let renderToString;
let api;
let server;
let container;
let root;

before(async () => {
  openPage();
  React = (await import('react')).default;
  ({ flushSync } = await import('react-dom'));
  ({ createRoot, hydrateRoot } = await import('react-dom/client'));
  ({ renderToString } = await import('react-dom/server'));
  api = await import('progress-sse/react');
});

beforeEach(async () => {
  server = await ScriptedServer.start();
  container = document.body.appendChild(document.createElement('main'));
  root = createRoot(container);
});

afterEach(async () => {
  root.unmount();
  container.remove();
  await server.stop();
});

after(() => window.close());

const h = (...element) => React.createElement(...element);

/** @param {any} props */
function Job({ id, ...options }) {
  const { state, progress, problem } = api.useJobProgress(id, { base: server.base, minDelay: 10, ...options });
  return h('p', null, `${state} ${progress ?? '-'} ${problem?.reason ?? ''}`.trim());
}

const render = (element) => flushSync(() => root.render(element));
const shows = (text) => until(() => container.textContent === text);

test('a component shows its job up to the end, and its handlers are told', async () => {
  server.script = [(_, response) => { open(response); send(response, running(10)); }];
  const heard = [];
  render(h(Job, { id: 'job', onDone: (state) => heard.push(state.state) }));
  await shows('running 0.1');
  render(h(Job, { id: 'job', onDone: (state) => heard.push(`newest ${state.state}`) }));
  server.send(ended(100));
  await shows('done 1');
  assert.deepEqual(heard, ['newest done']);
  assert.equal(server.streamRequests.length, 1);
});

test('a bar moves to what was reported by and by', async () => {
  const steps = [];
  let time = 0;
  const smoothness = { now: () => time, frame: (step) => steps.push(step) };
  const Bar = ({ progress }) => h('p', null, String(api.useSmooth(progress, smoothness) ?? '-'));
  const pass = (ms) => flushSync(() => { time += ms; steps.splice(0).forEach((step) => step()); });
  render(h(Bar, {}));
  await shows('-');
  render(h(Bar, { progress: 0.2 }));
  await shows('0.2');
  pass(400);
  render(h(Bar, { progress: 0.6 }));
  await until(() => steps.length === 1);
  pass(200);
  await shows('0.4');
  pass(200);
  await shows('0.6');
  assert.equal(steps.length, 0);
});

test('StrictMode, which mounts twice, opens one stream, and an unmount closes it', async () => {
  server.script = [(_, response) => { open(response); send(response, running(10)); }];
  render(h(React.StrictMode, null, h(Job, { id: 'job' })));
  await shows('running 0.1');
  assert.equal(server.streamRequests.length, 1);
  render(null);
  await until(() => server.streams.size === 0);
  assert.equal(server.streamRequests.length, 1);
});

test('another id switches to the other job', async () => {
  server.script = [(request, response) => {
    open(response);
    const jobId = request.url.includes('second') ? 'second' : 'first';
    send(response, running(jobId === 'first' ? 10 : 20, { jobId }));
  }];
  render(h(Job, { id: 'first' }));
  await shows('running 0.1');
  render(h(Job, { id: 'second' }));
  await shows('running 0.2');
  await until(() => server.streams.size === 1);
  render(h(Job, { id: null }));
  await shows('waiting -');
  await until(() => server.streams.size === 0);
});

test('two components show one job by one stream', async () => {
  server.script = [(_, response) => { open(response); send(response, running(10)); }];
  render(h('div', null, h(Job, { id: 'job', key: 1 }), h(Job, { id: 'job', key: 2 })));
  await shows('running 0.1running 0.1');
  assert.equal(server.streamRequests.length, 1);
});

test('a component that takes over from another keeps the stream', async () => {
  server.script = [(_, response) => { open(response); send(response, running(10)); }];
  render(h(Job, { id: 'job', key: 1 }));
  await shows('running 0.1');
  render(h(Job, { id: 'job', key: 2 }));
  await shows('running 0.1');
  server.send(running(20));
  await shows('running 0.2');
  assert.equal(server.streamRequests.length, 1);
});

test('a function is asked for the URL of each connection', async () => {
  server.script = [(_, response) => { open(response); send(response, running(10)); }];
  server.status = (_, response) => json(response, 200, running(10));
  let asked = 0;
  render(h(Job, { id: () => `${server.base}/jobs/job/events?ticket=${++asked}` }));
  await shows('running 0.1');
  server.cut();
  await until(() => server.streamRequests.length === 2);
  assert.notEqual(server.streamRequests[0].params.get('ticket'), server.streamRequests[1].params.get('ticket'));
});

test('a job that may not be seen says why', async () => {
  server.script = [(_, response) => json(response, 403, { title: 'Not yours' })];
  server.status = server.script[0];
  render(h(Job, { id: 'job' }));
  await shows('unknown - forbidden');
});

test('a server renders the same as a browser at first, and hydration finds nothing to mend', async () => {
  const page = h(React.StrictMode, null, h(Job, { id: 'job' }), h(api.ProgressBar, { job: 'job', label: 'Report' }));
  const html = renderToString(page);
  assert.equal(html, renderToString(page));
  assert.equal(html, '<p>waiting -</p><progress-sse label="Report" job="job"></progress-sse>');
  assert.equal(server.requests.length, 0);
  server.script = [(_, response) => { open(response); send(response, running(10)); }];
  const served = document.body.appendChild(document.createElement('main'));
  served.innerHTML = html;
  const complaints = [];
  const error = console.error;
  console.error = (...words) => complaints.push(words);
  const hydrated = hydrateRoot(served, page, { onRecoverableError: (each) => complaints.push(each) });
  await until(() => served.textContent === 'running 0.1');
  hydrated.unmount();
  served.remove();
  console.error = error;
  assert.deepEqual(complaints, []);
});

test('work is sent and its job shown', async () => {
  server.script = [(_, response) => { open(response); send(response, running(10)); }];
  let answer;
  server.other = (_, response) => (answer = response);
  render(h(React.StrictMode, null, h(Form)));
  click();
  await shows('pending running 0.1 -');
  json(answer, 202, {});
  await shows('- running 0.1 -');
  const [post] = server.requests.filter(({ method }) => method === 'POST');
  assert.match(server.streamRequests[0].url, new RegExp(post.headers['x-job-id']));
  assert.equal(server.streamRequests.length, 1);
  render(null);
  await until(() => server.streams.size === 0);
});

test('work that is refused leaves no stream behind', async () => {
  server.script = [(_, response) => open(response)];
  server.other = (_, response) => json(response, 415, { detail: 'That is no picture' });
  render(h(Form));
  click();
  await shows('- - That is no picture');
  await until(() => server.streams.size === 0);
});

test('the second submission replaces the first', async () => {
  server.script = [(_, response) => { open(response); send(response, running(10)); }];
  render(h(Form));
  click();
  click();
  await shows('- running 0.1 -');
  await until(() => server.streams.size === 1);
});

test('the module is one that React Server Components leave to the browser', async () => {
  const source = await readFile(new URL('../../src/react.js', import.meta.url), 'utf8');
  assert.match(source, /^'use client';/);
});

function Form() {
  const { submit, state, pending, error } = api.useSubmit(`${server.base}/work`, { base: server.base });
  const text = `${pending ? 'pending' : '-'} ${state ? `${state.state} ${state.progress ?? ''}`.trim() : '-'} ${error?.message ?? '-'}`;
  return h('button', { onClick: () => submit({ body: 'work' }) }, text);
}

const click = () => container.querySelector('button').click();
