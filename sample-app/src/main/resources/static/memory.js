/** The jobs of this tab, so that a reloaded page shows them again: the server replays what there was. */

const KEY = 'jobs';

/** @returns {{name: string, job: string}[]} oldest first */
export function remembered() {
  return JSON.parse(sessionStorage.getItem(KEY) ?? '[]');
}

export function remember(name, job) {
  save([...others(job), { name, job }]);
}

export function forget(job) {
  save(others(job));
}

function others(job) {
  return remembered().filter((other) => other.job !== job);
}

function save(jobs) {
  sessionStorage.setItem(KEY, JSON.stringify(jobs.slice(-20)));
}
