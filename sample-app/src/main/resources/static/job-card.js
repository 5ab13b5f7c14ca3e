const template = document.getElementById('job');
const list = document.getElementById('jobs');
const announcer = document.getElementById('announcer');

/** One job on the page. */
export class JobCard {

  #root = template.content.firstElementChild.cloneNode(true);

  #name;

  /**
   * @param {string} name
   * @param {function(boolean)} onClose called when the visitor is through with it, with whether it runs
   */
  constructor(name, onClose) {
    this.#name = name;
    this.#part('name').textContent = name;
    this.#part('bar').setAttribute('aria-label', name);
    this.#part('close').addEventListener('click', () => onClose(this.#root.dataset.state === 'running'));
    this.#state('waiting');
    this.say('waiting');
    list.prepend(this.#root);
  }

  remove() {
    this.#root.remove();
  }

  /** Shows words, and a bar that says no more than "busy". */
  say(text) {
    this.#part('text').textContent = text;
    this.#fraction(null);
  }

  /** Shows the picture that is being worked on. */
  picture(blob) {
    const url = URL.createObjectURL(blob);
    this.#thumbnail(url, () => URL.revokeObjectURL(url));
  }

  /** Shows an event of the stream. */
  update(event) {
    this.#state(event.state);
    this.#part('text').textContent = [event.phase, event.message].filter(Boolean).join(' · ') || event.state;
    const left = event.etaMs ? `${duration(event.etaMs)} left` : '';
    this.#part('eta').textContent = event.stalled ? 'nothing moves' : left;
    this.#fraction(event.progress ?? null);
    if (event.state === 'done') {
      this.#done(event);
    } else if (event.state === 'failed') {
      this.fail(event.error.message);
    } else if (event.state === 'cancelled') {
      this.#end('cancelled', 'cancelled');
    }
  }

  /** Shows how the connection is, which says nothing about the job. */
  connection(state) {
    this.#part('connection').hidden = state !== 'reconnecting';
    if (state === 'lost') {
      this.#end('lost', 'the server knows nothing of this job any more');
    }
  }

  fail(message) {
    this.#end('failed', message);
  }

  #done(event) {
    this.#fraction(1);
    const size = event.result?.bytes;
    this.#end('done', `done in ${duration(event.durationMs)}${size ? ` · ${megabytes(size)}` : ''}`);
    const url = event.result?.download_url;
    if (url) {
      const link = this.#part('download');
      link.href = url;
      link.hidden = false;
      this.#thumbnail(url, () => {});
    }
  }

  #end(state, text) {
    this.#state(state);
    this.#part('text').textContent = text;
    this.#part('eta').textContent = '';
    this.#part('connection').hidden = true;
    this.#part('bar').classList.remove('indeterminate');
    announcer.textContent = `${this.#name}: ${text}`;
  }

  #state(state) {
    this.#root.dataset.state = state;
    this.#part('close').setAttribute('aria-label', `${state === 'running' ? 'Cancel' : 'Remove'} ${this.#name}`);
  }

  /** @param {?number} fraction from 0 to 1; null if nobody knows */
  #fraction(fraction) {
    const bar = this.#part('bar');
    const known = fraction !== null;
    const percent = Math.floor((fraction ?? 0) * 100);
    bar.classList.toggle('indeterminate', !known);
    bar.toggleAttribute('aria-valuenow', known);
    if (known) {
      bar.setAttribute('aria-valuenow', percent);
    }
    this.#part('fill').style.transform = known ? `translateX(${fraction * 100 - 100}%)` : '';
    this.#part('percent').textContent = known ? `${percent} %` : '';
  }

  #thumbnail(url, loaded) {
    const image = this.#part('thumb').querySelector('img');
    image.onload = image.onerror = (event) => {
      image.hidden = event.type === 'error';
      loaded();
    };
    image.src = url;
  }

  #part(name) {
    return this.#root.querySelector(`.${name}`);
  }
}

function duration(ms) {
  return ms < 90_000 ? `${(ms / 1000).toFixed(ms < 9_950 ? 1 : 0)} s` : `${Math.round(ms / 60_000)} min`;
}

function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
