/** The jobs of this tab, so that a reloaded page shows them again: the server replays what there was. */

const KEY = 'jobs';

/** @returns {{name: string, stream: string}[]} oldest first */
export function remembered() {
  return JSON.parse(sessionStorage.getItem(KEY) ?? '[]');
}

export function remember(name, stream) {
  save([...others(stream), { name, stream }]);
}

export function forget(stream) {
  save(others(stream));
}

function others(stream) {
  return remembered().filter((job) => job.stream !== stream);
}

function save(jobs) {
  sessionStorage.setItem(KEY, JSON.stringify(jobs.slice(-20)));
}
