/** The jobs of this browser, so that a page that is opened again shows them: the server replays what there was. */

const KEY = 'jobs';

const MOST = 20;

/** @returns {{name: string, kind: string, jobId: string}[]} oldest first */
export function remembered() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? [];
  } catch {
    return [];
  }
}

export function remember(entry) {
  save([...others(entry.jobId), entry]);
}

export function forget(jobId) {
  save(others(jobId));
}

function others(jobId) {
  return remembered().filter((other) => other.jobId !== jobId);
}

function save(jobs) {
  localStorage.setItem(KEY, JSON.stringify(jobs.slice(-MOST)));
}
