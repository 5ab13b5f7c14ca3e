import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { openPage } from './page.js';
import { ended, json, open, running, ScriptedServer, send } from './scripted-server.js';
import { until } from './helpers.js';

/** @type {import('vue')} */
let vue;
let api;
let server;
let container;
let app;

before(async () => {
  openPage();
  vue = await import('vue');
  api = await import('progress-sse/vue');
});

beforeEach(async () => {
  server = await ScriptedServer.start();
  server.script = [(request, response) => {
    open(response);
    const jobId = request.url.includes('second') ? 'second' : 'first';
    send(response, running(jobId === 'second' ? 20 : 10, { jobId }));
  }];
  container = document.body.appendChild(document.createElement('main'));
});

afterEach(async () => {
  app?.unmount();
  container.remove();
  await server.stop();
});

after(() => window.close());

const shows = (text) => until(() => container.textContent === text);

/** @param {() => any} setup */
function mount(setup) {
  app = vue.createApp({ setup });
  app.mount(container);
}

const line = ({ state, progress, problem }) => `${state} ${progress ?? '-'} ${problem?.reason ?? ''}`.trim();

test('a component shows its job up to the end, and its handlers are told', async () => {
  const done = [];
  mount(() => {
    const state = api.useJobProgress('first', { base: server.base, onDone: (end) => done.push(end.state) });
    return () => line(state.value);
  });
  await shows('running 0.1');
  server.send(ended(100, 'done', { jobId: 'first' }));
  await shows('done 1');
  assert.deepEqual(done, ['done']);
});

test('a bar moves to what was reported by and by', async () => {
  const steps = [];
  let time = 0;
  const progress = vue.ref();
  mount(() => {
    const shown = api.useSmooth(progress, { now: () => time, frame: (step) => steps.push(step) });
    return () => String(shown.value ?? '-');
  });
  const pass = (ms) => { time += ms; steps.splice(0).forEach((step) => step()); };
  await shows('-');
  progress.value = 0.2;
  await shows('0.2');
  pass(400);
  progress.value = 0.6;
  await until(() => steps.length === 1);
  pass(200);
  await shows('0.4');
  pass(200);
  await shows('0.6');
});

test('a ref that changes switches to the other job, and an unmount closes its stream', async () => {
  const id = vue.ref('first');
  mount(() => {
    const state = api.useJobProgress(id, { base: server.base });
    return () => line(state.value);
  });
  await shows('running 0.1');
  id.value = 'second';
  await shows('running 0.2');
  await until(() => server.streams.size === 1);
  app.unmount();
  app = null;
  await until(() => server.streams.size === 0);
});

test('a job that may not be seen says why', async () => {
  server.script = [(_, response) => json(response, 401, { title: 'Log in' })];
  server.status = server.script[0];
  mount(() => {
    const state = api.useJobProgress('first', { base: server.base });
    return () => line(state.value);
  });
  await shows('unknown - unauthorized');
});

test('outside of a component the scope ends the stream', async () => {
  const scope = vue.effectScope();
  const state = scope.run(() => api.useJobProgress('first', { base: server.base }));
  await until(() => state.value.progress === 0.1);
  scope.stop();
  await until(() => server.streams.size === 0);
});

test('a server renders what a browser shows at first, and opens nothing', async () => {
  const { renderToString } = await import('vue/server-renderer');
  const page = { setup: () => {
    const state = api.useJobProgress('first', { base: server.base });
    return () => vue.h('p', line(state.value));
  } };
  assert.equal(await renderToString(vue.createSSRApp(page)), '<p>waiting -</p>');
  // A stream would have been asked for in this time.
  for (let i = 0; i < 5; i++) await (await fetch(server.base)).arrayBuffer();
  assert.equal(server.streamRequests.length, 0);
});

test('work is sent and its job shown', async () => {
  let answer;
  server.other = (_, response) => (answer = response);
  const send = form();
  send({ body: 'work' });
  await shows('pending running 0.1 -');
  json(answer, 202, {});
  await shows('- running 0.1 -');
  send({ body: 'more' });
  await shows('pending running 0.1 -');
  await until(() => server.streams.size === 1);
  app.unmount();
  app = null;
  await until(() => server.streams.size === 0);
});

test('work that is refused leaves no stream behind', async () => {
  server.other = (_, response) => json(response, 415, { detail: 'That is no picture' });
  form()();
  await shows('- - That is no picture');
  await until(() => server.streams.size === 0);
});

function form() {
  let send;
  mount(() => {
    const { submit, state, pending, error } = api.useSubmit(`${server.base}/work`, { base: server.base });
    send = submit;
    return () => `${pending.value ? 'pending' : '-'} ${state.value ? `${state.value.state} ${state.value.progress ?? ''}`.trim() : '-'} ${
      error.value?.message ?? '-'}`;
  });
  return send;
}
