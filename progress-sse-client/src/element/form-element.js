import { submit } from '../client.js';
import { Base } from './base.js';

/** @typedef {import('./progress-element.js').ProgressSseElement} ProgressSseElement */

/**
 * `<progress-sse-form>` around a plain `<form>`: what the form sends becomes a job that is watched, and the page stays.
 * Without scripts the form is sent as it always was.
 *
 * The bar is the `<progress-sse>` inside it, or one that is added below the form. Its attributes stay as they are. While a
 * job runs the form's submit buttons are disabled. Events: those of the bar; and `refused`, with the `SubmitError` as
 * `detail`, if the server did not take the work.
 */
export class ProgressSseFormElement extends Base {

  /** @type {?import('../client.js').JobWatch} */
  #watch = null;

  constructor() {
    super();
    this.addEventListener('submit', (event) => {
      if (!event.defaultPrevented && event.target instanceof HTMLFormElement && event.target.method !== 'dialog') {
        event.preventDefault();
        void this.#send(event.target, /** @type {?HTMLButtonElement} */ (event.submitter));
      }
    });
  }

  /** Nothing is left to show a job to; the job goes on. */
  disconnectedCallback() {
    queueMicrotask(() => {
      if (!this.isConnected) {
        this.#watch?.close();
      }
    });
  }

  /**
   * @param {HTMLFormElement} form
   * @param {?HTMLButtonElement} submitter
   */
  async #send(form, submitter) {
    const bar = this.#bar();
    const { url, init } = requestOf(form, submitter);
    disable(form, true);
    bar.hidden = false;
    try {
      const watch = await submit(url, init, {
        base: bar.getAttribute('base') ?? undefined,
        onWatch: (watch) => {
          this.#watch = bar.watch = watch;
        },
      });
      await watch.ended;
    } catch (error) {
      bar.refuse(/** @type {Error} */ (error));
    } finally {
      disable(form, false);
    }
  }

  #bar() {
    let bar = /** @type {?ProgressSseElement} */ (this.querySelector('progress-sse'));
    if (bar === null) {
      bar = /** @type {ProgressSseElement} */ (document.createElement('progress-sse'));
      this.append(bar);
    }
    return bar;
  }
}

/**
 * What the browser itself would send.
 *
 * @param {HTMLFormElement} form
 * @param {?HTMLButtonElement} submitter
 * @returns {{url: string, init: RequestInit}}
 */
export function requestOf(form, submitter) {
  const url = submitter?.getAttribute('formaction') ? submitter.formAction : form.getAttribute('action') ? form.action : location.href;
  const method = (submitter?.getAttribute('formmethod') ?? form.getAttribute('method') ?? 'get').toUpperCase();
  const type = submitter?.getAttribute('formenctype') ?? form.enctype;
  const data = new FormData(form, submitter);
  const plain = new URLSearchParams([...data].map(([name, value]) => [name, typeof value === 'string' ? value : value.name]));
  if (method === 'GET') {
    const target = new URL(url);
    target.search = plain.toString();
    return { url: target.href, init: { method } };
  }
  return { url, init: { method, body: type === 'multipart/form-data' ? data : plain } };
}

/**
 * @param {HTMLFormElement} form
 * @param {boolean} disabled
 */
function disable(form, disabled) {
  form.setAttribute('aria-busy', String(disabled));
  for (const button of form.querySelectorAll('button:not([type=button], [type=reset]), input[type=submit]')) {
    /** @type {HTMLButtonElement} */ (button).disabled = disabled;
  }
}
