import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CLIENT = fileURLToPath(new URL('../../../src', import.meta.url));
const DASHBOARD = fileURLToPath(new URL('../../../../progress-sse-dashboard/src/main/resources/io/progress/sse/dashboard', import.meta.url));
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const TYPES = { '.svg': 'image/svg+xml', '.js': 'text/javascript', '.html': 'text/html', '.css': 'text/css' };

/** As the server says it; a test of the module holds that one. */
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

/**
 * Serves the dashboard and the client below /progress, and lists jobs as the starter does: `jobs`, newest first, is the test's to change.
 */
export async function serveDashboard({ cancel = false, limit = 200 } = {}) {
  const state = { jobs: [], events: new Map(), status: 200, asked: [], cancelled: [] };
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, 'http://here');
    const path = url.pathname;
    state.asked.push(`${request.method} ${path}${url.search}`);
    if (path === '/progress/jobs') list(url, request, response, state);
    else if (path === '/progress/events' || path.endsWith('/events')) stream(url, path, response, state);
    else if (path.startsWith('/progress/jobs/')) {
      if (request.method === 'DELETE') state.cancelled.push([path.slice('/progress/jobs/'.length), request.headers['x-xsrf-token']]);
      response.writeHead(request.method === 'DELETE' ? 202 : 404).end();
    } else await file(path, response, { cancel, limit });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    state,
    url: `http://127.0.0.1:${server.address().port}/progress/dashboard`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function file(path, response, values) {
  const name = path.slice('/progress/'.length);
  const own = path === '/progress/dashboard' ? 'dashboard.html' : name.startsWith('dashboard/') ? name.slice('dashboard/'.length) : null;
  try {
    const content = await readFile(path === '/axe.js' ? AXE : own ? join(DASHBOARD, own) : join(CLIENT, name));
    response.writeHead(200, { 'Content-Type': `${TYPES[extname(own ?? path)]};charset=utf-8`, 'Content-Security-Policy': POLICY });
    response.end(own === 'dashboard.html' ? String(content).replace(/\{\{(\w+)\}\}/g, (_, key) => values[key]) : content);
  } catch {
    response.writeHead(404).end();
  }
}

function list(url, request, response, { jobs, status }) {
  if (status !== 200 || url.searchParams.get('owner') !== '*') {
    response.writeHead(status === 200 ? 404 : status).end();
    return;
  }
  const states = url.searchParams.get('state')?.split(',');
  const parent = url.searchParams.get('parent');
  const cursor = url.searchParams.get('cursor');
  const all = jobs.filter((job) => (!states || states.includes(job.state)) && (!parent || job.parent === parent))
    .sort((one, other) => (one.createdAt < other.createdAt ? 1 : one.createdAt > other.createdAt ? -1 : 0));
  const from = cursor ? all.findIndex((job) => job.jobId === cursor) + 1 : 0;
  const page = all.slice(from, from + Number(url.searchParams.get('limit')));
  const next = from + page.length < all.length ? page.at(-1).jobId : null;
  const tag = `"${page.map((job) => job.jobId + job.occurredAt).join('').length}-${hash(page.map((job) => job.jobId + job.occurredAt + job.viewers).join())}-${next}"`;
  if (request.headers['if-none-match'] === tag) {
    response.writeHead(304, { ETag: tag }).end();
    return;
  }
  response.writeHead(200, { 'Content-Type': 'application/json', ETag: tag, 'Cache-Control': 'no-cache, private' });
  response.end(JSON.stringify({ jobs: page, next }));
}

function hash(text) {
  let sum = 0;
  for (let i = 0; i < text.length; i++) sum = (sum * 31 + text.charCodeAt(i)) | 0;
  return sum >>> 0;
}

/** The events that a test has put there, then silence; the stream of many jobs names the job before each event's id. */
function stream(url, path, response, { events }) {
  const ids = url.searchParams.getAll('job');
  const jobs = ids.length ? ids : [path.split('/')[3]];
  if (jobs.includes('no-such-job')) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' });
  response.write('retry: 3000\n\n');
  for (const job of jobs) {
    (events.get(job) ?? []).forEach((event, index) => {
      const id = `${1700000000000 + index}-${index + 1}`;
      const name = ['done', 'failed', 'cancelled'].includes(event.state) ? event.state : 'progress';
      response.write(`event: ${name}\ndata: ${JSON.stringify(event)}\nid: ${ids.length ? idOfMany(jobs, job, id) : id}\n\n`);
    });
  }
}

function idOfMany(jobs, job, id) {
  const [ms, n] = id.split('-').map(Number);
  return [...jobs].sort().map((each) => (each === job ? `${ms.toString(36)}.${n.toString(36)}` : '-')).join('~');
}

const KINDS = ['annual-report', 'image-conversion', 'invoice-run', 'nightly-import', 'video-transcoding'];
const OWNERS = ['alice', 'bob', 'carol', 'dave', undefined];
const NODES = ['web-1:8080', 'web-2:8080', 'worker-7f9c-x2b4'];
const PHASES = ['reading', 'converting', 'uploading'];

/** Jobs as different as life: the same ones for the same numbers. */
export function jobs(count, now = Date.now(), change = 0) {
  return Array.from({ length: count }, (_, index) => {
    const progress = ((index * 37 + change * 3) % 100) / 100;
    const strange = index % 97;
    return {
      jobId: `0198c0de-${String(count - index).padStart(8, '0')}`, job: KINDS[index % KINDS.length],
      state: strange === 13 ? 'lost' : index % 20 === 19 ? 'queued' : 'running', attempt: 1 + (index % 31 === 0 ? 1 : 0),
      ...(index % 20 === 19 ? { phase: 'queued' } : {
        phase: PHASES[index % 3], message: `item ${(index * 13 + change) % 4000} of 4,000`, progress, completed: Math.round(progress * 4000), total: 4000, unit: 'items',
        ratePerSecond: 5 + (index % 40), etaMs: Math.round((1 - progress) * 400_000),
      }),
      ...(strange === 29 && { stalled: true }),
      ...(OWNERS[index % 5] && { owner: OWNERS[index % 5] }), node: NODES[index % 7 % 3], viewers: index % 4,
      occurredAt: new Date(now).toISOString(), createdAt: new Date(now - 20_000 - index * 1700).toISOString(),
    };
  });
}

export function ends(count, now = Date.now()) {
  return Array.from({ length: count }, (_, index) => {
    const state = index % 9 === 4 ? 'failed' : index % 17 === 3 ? 'cancelled' : 'done';
    return {
      jobId: `0198dead-${String(count - index).padStart(8, '0')}`, job: KINDS[(index * 3) % KINDS.length], state, attempt: 1,
      ...(state === 'failed' && { error: { code: 'internal', message: 'The job failed' } }),
      ...(state === 'done' && { phase: 'uploading', message: 'all is there', progress: 1 }),
      durationMs: 800 + (index * 7919) % 240_000, ...(OWNERS[index % 5] && { owner: OWNERS[index % 5] }), node: NODES[index % 3], viewers: 0,
      occurredAt: new Date(now - index * 41_000).toISOString(), createdAt: new Date(now - index * 41_000 - 60_000).toISOString(),
    };
  });
}

/** Jobs that another one has started, of all kinds of states, newest first. */
export function children(parent, now = Date.now()) {
  const child = (number, seconds, members) => ({
    jobId: `0198c0de-c0000${number}`, job: 'chapter', parent, attempt: 1, owner: 'alice', node: NODES[number % 3], viewers: 0, ...members,
    createdAt: new Date(now - seconds * 1000).toISOString(), occurredAt: new Date(now).toISOString(),
  });
  return [
    child(6, 8, { state: 'queued', phase: 'queued' }),
    child(5, 20, { state: 'running', phase: 'drawing', message: 'figure 3 of 9', progress: 0.34 }),
    child(4, 42, { state: 'running', phase: 'waiting for a licence', stalled: true, progress: 0.1 }),
    child(3, 70, { state: 'lost', phase: 'drawing', message: 'figure 1 of 2', progress: 0.5 }),
    child(2, 95, { state: 'failed', error: { code: 'paper', message: 'out of paper' }, durationMs: 21_000 }),
    child(1, 110, { state: 'done', message: '42 pages', progress: 1, durationMs: 48_000 }),
  ];
}

/** The events of a job that has gone a long way. */
export function detailed(jobId, now = Date.now()) {
  const begun = now - 120_000;
  const event = (seconds, members) => ({ jobId, job: 'annual-report', attempt: 1, state: 'running', ...members, occurredAt: new Date(begun + seconds * 1000).toISOString() });
  return [
    event(0, { state: 'queued', phase: 'queued' }),
    event(2, { phase: 'reading', progress: 0 }),
    ...Array.from({ length: 20 }, (_, index) => event(3 + index, { phase: 'reading', message: `page ${index + 1} of 20`, progress: index / 100, completed: index, total: 100, unit: 'pages', ratePerSecond: 1 + index / 20 })),
    event(25, { phase: 'reading', progress: 0.2, completed: 20, total: 100, unit: 'pages', note: { level: 'info', text: 'the index is there' } }),
    event(26, { phase: 'rendering', progress: 0.2, completed: 20, total: 100, unit: 'pages' }),
    ...Array.from({ length: 60 }, (_, index) => event(27 + index, { phase: 'rendering', message: `page ${20 + index} of 100`, progress: 0.2 + index / 100, completed: 20 + index, total: 100, unit: 'pages', ratePerSecond: 0.8 + Math.sin(index / 7) / 4, etaMs: 80_000 - index * 1000 })),
    event(88, { phase: 'rendering', progress: 0.79, completed: 79, total: 100, unit: 'pages', note: { level: 'warning', text: 'the font of page 80 is not there' } }),
    event(90, { phase: 'binding', message: 'gluing', progress: 0.8, completed: 80, total: 100, unit: 'pages', ratePerSecond: 0.9, etaMs: 60_000, data: { file: 'report-2026.pdf', volumes: 3 } }),
  ];
}
