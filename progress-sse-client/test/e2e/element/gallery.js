import '/element.js';
import { fakeWatch } from './fake-watch.js';

/** Each state that the element can show, as the client would tell of it. */
export const STATES = {
  connecting: { state: 'waiting', connection: 'connecting' },
  waiting: { state: 'waiting' },
  queued: { job: 'annual-report', state: 'queued', phase: undefined },
  indeterminate: { job: 'annual-report', phase: 'collecting', message: 'orders of 2026' },
  running: {
    job: 'annual-report', phase: 'rendering', message: 'page 42 of 100', progress: 0.42, completed: 42, total: 100, unit: 'pages',
    ratePerSecond: 3.5, etaMs: 16_500,
  },
  stalled: { job: 'annual-report', phase: 'rendering', message: 'page 61', progress: 0.61, stalled: true },
  reconnecting: { job: 'annual-report', phase: 'rendering', message: 'page 73', progress: 0.73, connection: 'reconnecting' },
  lost: { job: 'annual-report', state: 'lost', phase: 'rendering', progress: 0.55 },
  done: { job: 'annual-report', state: 'done', ended: true, progress: 1, durationMs: 28_400, connection: 'closed' },
  failed: {
    job: 'annual-report', state: 'failed', ended: true, progress: 0.42, connection: 'closed',
    error: { code: 'out-of-paper', message: 'The printer is out of paper' },
  },
  cancelled: { job: 'annual-report', state: 'cancelled', ended: true, progress: 0.3, connection: 'closed' },
  unknown: { state: 'unknown', ended: true, connection: 'closed', problem: { reason: 'not-found', status: 404 } },
  forbidden: { state: 'unknown', ended: true, connection: 'closed', problem: { reason: 'forbidden', status: 403 } },
};

const CANCELLABLE = ['waiting', 'queued', 'indeterminate', 'running', 'stalled'];

const gallery = document.getElementById('gallery');

for (const [name, state] of Object.entries(STATES)) {
  const element = document.createElement('progress-sse');
  element.id = name;
  element.watch = fakeWatch(state, CANCELLABLE.includes(name));
  if (name === 'done') {
    const link = document.createElement('a');
    link.slot = 'done';
    link.href = '#';
    link.textContent = 'Download the report';
    element.append(link);
  }
  gallery.append(element);
}
