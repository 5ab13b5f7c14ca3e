// The state of a job, built from its events.

/**
 * @typedef {'waiting' | 'queued' | 'running' | 'lost' | 'done' | 'failed' | 'cancelled' | 'unknown'} State
 *
 * @typedef {object} Progress Where a job stands, as an event has it. What is not known is absent.
 * @property {string} jobId
 * @property {string} [job] the kind of job
 * @property {string} [parent] id of the job that this one is a part of
 * @property {number} [attempt] 1 for the first
 * @property {State} state
 * @property {string} [phase]
 * @property {string} [message]
 * @property {number} [progress] 0 to 1
 * @property {number} [completed]
 * @property {number} [total]
 * @property {string} [unit]
 * @property {number} [ratePerSecond]
 * @property {number} [etaMs] milliseconds that are left
 * @property {true} [stalled] the worker is alive, but nothing moves
 * @property {Note} [note]
 * @property {Record<string, unknown>} [data] what the application attached
 * @property {any} [result]
 * @property {{code?: string, message: string}} [error]
 * @property {number} [durationMs]
 * @property {string} [occurredAt] ISO 8601
 *
 * @typedef {{level: 'info' | 'warning' | 'error', text: string}} Note
 * @typedef {{name: string, startedAt: string | undefined}} Phase
 * @typedef {'connecting' | 'open' | 'reconnecting' | 'polling' | 'closed'} Connection
 *
 * @typedef {object} Problem Why there is no stream; `network` may be CORS: browsers do not tell.
 * @property {'unauthorized' | 'forbidden' | 'not-found' | 'network' | 'refused' | 'server'} reason
 * @property {number} status the HTTP status; 0 for no answer
 * @property {string} [title] the server's own words
 *
 * @typedef {object} Own What the client adds.
 * @property {boolean} ended
 * @property {readonly Phase[]} phases in order
 * @property {readonly Note[]} notes the newest 100
 * @property {Connection} connection
 * @property {Problem | null} problem
 *
 * @typedef {Readonly<Omit<Progress, 'note'> & Own>} JobState
 */

const MAX_NOTES = 100;

/** The final states, and the handler of each. @type {{[state: string]: 'onDone' | 'onFailed' | 'onCancelled' | undefined}} */
export const ENDS = { done: 'onDone', failed: 'onFailed', cancelled: 'onCancelled' };

/**
 * @param {string} jobId
 * @returns {JobState}
 */
export const initial = (jobId) =>
  Object.freeze({ jobId, state: 'waiting', ended: false, phases: [], notes: [], connection: 'connecting', problem: null });

/**
 * The state after an event.
 *
 * @param {JobState} state
 * @param {Partial<Progress>} event
 * @param {boolean} past newer numbers are known
 * @param {boolean} again it is news about the event before
 * @returns {JobState}
 */
export function after(state, event, past, again) {
  const { connection, problem } = state;
  const { note, ...said } = event;
  const phases = withPhase(state.phases, event.phase, event.occurredAt, past);
  const notes = note && !again ? [...state.notes, note].slice(-MAX_NOTES) : state.notes;
  if (past) return { ...state, phases, notes };
  const now = (event.state !== 'waiting' && event.state) || 'running';
  const ended = !!ENDS[now];
  /** @type {any} */
  const next = { jobId: state.jobId, ...said, state: now, ended, phases, notes, connection, problem };
  if (now === 'done') next.progress = 1;
  if (ended) {
    next.connection = 'closed';
    delete next.etaMs;
  }
  return next;
}

/**
 * Phases that were seen, in order: one of the past comes before that of now.
 *
 * @param {readonly Phase[]} phases
 * @param {string | undefined} name
 * @param {string | undefined} startedAt
 * @param {boolean} [past]
 * @returns {readonly Phase[]}
 */
function withPhase(phases, name, startedAt, past) {
  if (!name || phases.some((phase) => phase.name === name)) return phases;
  return phases.toSpliced(past ? -1 : phases.length, 0, { name, startedAt });
}
