import { Base } from './base.js';
export type ProgressSseElement = import('./progress-element.js').ProgressSseElement;
/** @typedef {import('./progress-element.js').ProgressSseElement} ProgressSseElement */
/**
 * `<progress-sse-form>` around a plain `<form>`: what the form sends becomes a job that is watched, and the page stays.
 * Without scripts the form is sent as it always was.
 *
 * The bar is the `<progress-sse>` inside it, or one that is added below the form. Its attributes stay as they are. While a
 * job runs the form's submit buttons are disabled. Events: those of the bar; and `refused`, with the `SubmitError` as
 * `detail`, if the server did not take the work.
 */
export declare class ProgressSseFormElement extends Base {
    #private;
    constructor();
    /** Nothing is left to show a job to; the job goes on. */
    disconnectedCallback(): void;
}
/**
 * What the browser itself would send.
 *
 * @param {HTMLFormElement} form
 * @param {?HTMLButtonElement} submitter
 * @returns {{url: string, init: RequestInit}}
 */
export declare function requestOf(form: HTMLFormElement, submitter: HTMLButtonElement | null): {
    url: string;
    init: RequestInit;
};
