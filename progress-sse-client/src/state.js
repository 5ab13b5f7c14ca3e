// What is known of a job, made of its events.

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
 * @typedef {{name: string, startedAt?: string}} Phase
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
const ENDS = ['done', 'failed', 'cancelled', 'unknown'];

/**
 * @param {string} jobId
 * @returns {JobState}
 */
export const initial = (jobId) =>
  Object.freeze({ jobId, state: 'waiting', ended: false, phases: [], notes: [], connection: 'connecting', problem: null });

/**
 * @param {JobState} state
 * @param {Partial<JobState>} change
 * @returns {JobState}
 */
export const change = (state, change) => Object.freeze({ ...state, ...change });

/**
 * The state after an event.
 *
 * @param {JobState} state
 * @param {Partial<Progress>} event
 * @param {{partial?: boolean, past?: boolean, again?: boolean}} how `partial`: what it does not say stays;
 *   `past`: newer numbers are known; `again`: news about the event before
 * @returns {JobState}
 */
export function after(state, event, { partial, past, again }) {
  const { ended: _, connection, problem } = state;
  const { note, ...said } = event;
  const phases = event.phase ? withPhase(state.phases, event.phase, event.occurredAt) : state.phases;
  const notes = note && !again ? [...state.notes, note].slice(-MAX_NOTES) : state.notes;
  if (past) {
    return change(state, { phases, notes });
  }
  /** @type {any} */
  const next = { ...(partial ? state : { jobId: state.jobId, state: 'running' }), ...said, phases, notes, connection, problem };
  next.ended = ENDS.includes(next.state);
  if (next.state === 'waiting') next.state = 'running';
  if (next.state === 'done') next.progress = 1;
  if (next.ended) delete next.etaMs;
  return Object.freeze(next);
}

/**
 * @param {readonly Phase[]} phases
 * @param {string} name
 * @param {string} [startedAt]
 */
function withPhase(phases, name, startedAt) {
  const known = phases.find((phase) => phase.name === name);
  if (known && !(startedAt && known.startedAt && time(startedAt) < time(known.startedAt))) {
    return phases;
  }
  const others = phases.filter((phase) => phase !== known);
  const at = startedAt ? others.findIndex((phase) => phase.startedAt && time(phase.startedAt) > time(startedAt)) : -1;
  others.splice(at < 0 ? others.length : at, 0, startedAt ? { name, startedAt } : { name });
  return others;
}

/** @param {string} text */
const time = (text) => Date.parse(text);
