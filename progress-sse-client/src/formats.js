// Converts events of the other formats to the standard one.

/** @import { Progress } from './state.js' */

/** @typedef {(data: any, name: string) => Partial<Progress> | null} Reader */

/** @type {Record<string, Reader>} */
export const formats = {
  phase({ phase, progress, message, data, occurred_at: occurredAt }) {
    const state = phase === 'done' || phase === 'failed' || phase === 'queued' ? phase : 'running';
    const said = { progress, message, occurredAt };
    if (state === 'done') return { ...said, state, result: data };
    if (state === 'failed') return { ...said, state, data, error: { message } };
    return { ...said, state, phase, data };
  },
  percent(data, name) {
    if (name === 'complete' || data.status === 'completed') return { state: 'done', result: without(data, 'status') };
    if (name === 'error' || data.status === 'error') return failed(data);
    return { ...standing(data.step), progress: data.percent / 100 };
  },
  stage(data, name) {
    if (name === 'done' || data.status === 'completed') return { state: 'done' };
    if (name === 'error' || data.status === 'error') return failed(data);
    return { ...standing(data.stage), progress: data.percent / 100 };
  },
  status({ status, progress, message, step, data }) {
    if (status === 'completed') return { state: 'done', message, result: data };
    if (status === 'error') return failed({ message });
    return status ? { ...standing(step), message, progress: progress / 100 } : null;
  },
};

/**
 * @param {string} phase
 * @returns {Partial<Progress>}
 */
const standing = (phase) => ({ state: phase === 'queued' ? 'queued' : 'running', phase });

/**
 * @param {{message: string}} data
 * @returns {Partial<Progress>}
 */
const failed = ({ message }) => ({ state: 'failed', message, error: { message } });

/**
 * @param {any} data
 * @param {string} name
 */
function without(data, name) {
  const { [name]: _, ...rest } = data;
  return rest;
}
