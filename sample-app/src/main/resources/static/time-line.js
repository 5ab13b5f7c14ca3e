/** Draws a job's phases one behind the other, the wider the longer they were. */
export class TimeLine {

  #list;

  constructor(list) {
    this.#list = list;
  }

  show({ phases, occurredAt, ended }) {
    const spans = phases.filter(({ startedAt }) => startedAt).map(({ name, startedAt }, i, all) => ({
      name, ms: Date.parse(all[i + 1]?.startedAt ?? occurredAt) - Date.parse(startedAt), last: i === all.length - 1,
    }));
    this.#list.hidden = spans.length < 2;
    while (this.#list.children.length < spans.length) {
      const item = document.createElement('li');
      item.append(document.createElement('bdi'), document.createElement('bdi'));
      this.#list.append(item);
    }
    [...this.#list.children].forEach((item, i) => {
      const { name, ms, last } = spans[i];
      item.firstElementChild.textContent = name;
      item.lastElementChild.textContent = duration(ms);
      item.title = `${name}: ${duration(ms)}`;
      item.style.flexGrow = Math.max(ms, 1);
      item.classList.toggle('current', last && !ended);
    });
  }
}

function duration(ms) {
  return ms < 950 ? `${Math.max(0, ms)} ms` : `${(ms / 1000).toFixed(ms < 9_950 ? 1 : 0)} s`;
}
