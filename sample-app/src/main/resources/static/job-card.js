import { RateChart } from '/rate-chart.js';
import { TimeLine } from '/time-line.js';

const template = document.getElementById('job');
const list = document.getElementById('jobs');
const empty = document.getElementById('empty');

/** Strokes in a square of 24. */
const ICONS = {
  convert: 'M4 5h16v14H4zM4 16l4.5-4.5L13 16l2.5-2.5L20 18M15.5 9.5v.01',
  upload: 'M6 3h8l5 5v13H6zM14 3v5h5M9 14l2 2 4-4.5',
  process: 'M10.5 4a6.5 6.5 0 1 0 .01 0M15.5 15.5L21 21',
  pdf: 'M6 3h8l5 5v13H6zM14 3v5h5M9 12.5h7M9 16h7',
  demo: 'M4 7h16M4 12h10M4 17h6',
};

/** One job on the page: the element, and what the page adds to it. */
export class JobCard {

  #root = template.content.firstElementChild.cloneNode(true);

  #bar = this.#root.querySelector('progress-sse');

  #phases = new TimeLine(this.#root.querySelector('.phases'));

  #rate = new RateChart(this.#root.querySelector('.rate'));

  /**
   * @param {{name: string, kind: string}} entry
   * @param {function()} onClose called when the visitor is through with it
   */
  constructor({ name, kind }, onClose) {
    this.#bar.setAttribute('label', name);
    this.#root.querySelector('.thumb path').setAttribute('d', ICONS[kind] ?? ICONS.demo);
    const close = this.#root.querySelector('.close');
    close.setAttribute('aria-label', `Remove ${name}`);
    close.addEventListener('click', () => {
      this.#bar.watch?.close();
      this.#root.remove();
      empty.hidden = list.children.length > 0;
      onClose();
    });
    this.#bar.addEventListener('done', ({ detail }) => this.#done(detail.result ?? {}));
    this.say('Waiting for its turn');
    list.prepend(this.#root);
    empty.hidden = true;
  }

  /** What is said until there is a job. */
  say(text) {
    this.#bar.setAttribute('text-connecting', text);
  }

  follow(watch) {
    this.#bar.removeAttribute('text-connecting');
    this.#bar.watch = watch;
  }

  /** Hears of each event of the job. */
  hear(state) {
    this.#phases.show(state);
    this.#rate.add(state);
  }

  refuse(error) {
    this.#bar.refuse(error);
  }

  /** Shows the picture that is being worked on. */
  picture(blob) {
    if (blob) {
      const url = URL.createObjectURL(blob);
      this.#thumbnail(url, () => URL.revokeObjectURL(url));
    }
  }

  #done({ download_url: url, bytes, summary }) {
    if (summary) {
      this.#add('p', 'summary', summary);
    }
    if (url) {
      this.#add('a', 'download', bytes ? `Download · ${megabytes(bytes)}` : 'Download').href = url;
      this.#thumbnail(url, () => {});
    }
  }

  #add(tag, name, text) {
    const element = Object.assign(document.createElement(tag), { slot: 'done', className: name, textContent: text, dir: 'auto' });
    this.#bar.append(element);
    return element;
  }

  #thumbnail(url, loaded) {
    const image = this.#root.querySelector('.thumb img');
    const shown = new Image();
    shown.onload = () => {
      image.src = url;
      image.hidden = false;
      image.decode().finally(loaded);
    };
    shown.onerror = loaded;
    shown.src = url;
  }
}

function megabytes(bytes) {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
