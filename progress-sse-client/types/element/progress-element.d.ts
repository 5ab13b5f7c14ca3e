import { Base } from './base.js';
export type JobState = import('../client.js').JobState;
export type JobWatch = import('../client.js').JobWatch;
export type Texts = import('./words.js').Texts;
/**
 * `<progress-sse job="…">`: a job's bar, its words, and a button that stops it.
 *
 * Attributes: `job` or `src` (URL of a stream) say what is watched; `base` and `format` go to `watch`; `label` wins over
 * the job's name; `no-cancel` leaves the button out; `text-…` replace single texts (`text-done="Printed"`). The element
 * sets `state` to what it shows, so that style sheets can select it, and shows those of its children whose `slot` is
 * that state.
 *
 * Events, with the job's state as `detail`, bubbling: `progress` for each change; `done`, `failed`, `cancelled` or
 * `unknown` at the end; `refused`, with an error as `detail`, where a form's work was not taken.
 */
export declare class ProgressSseElement extends Base {
    #private;
    static observedAttributes: string[];
    constructor();
    /** The watch that is shown. One that is set is not closed by the element. */
    get watch(): import("../watch.js").JobWatch | null;
    set watch(watch: import("../watch.js").JobWatch | null);
    /** The job's state; `null` while nothing is watched. */
    get snapshot(): Readonly<Omit<import("../state.js").Progress, "note"> & import("../state.js").Own> | null;
    /**
     * Shows that there is no job, since the server did not take the work.
     *
     * @param {Error & {status?: number, problem?: ?{title?: string, detail?: string}}} error
     */
    refuse(error: Error & {
        status?: number;
        problem?: {
            title?: string;
            detail?: string;
        } | null;
    }): void;
    /** Replaces texts of all languages. */
    get texts(): Partial<import("./words.js").Texts>;
    set texts(texts: Partial<import("./words.js").Texts>);
    /**
     * Asks for the job to stop.
     *
     * @returns {Promise<boolean>} whether it was asked; the job's end says when it has stopped
     */
    cancel(): Promise<boolean>;
    connectedCallback(): void;
    disconnectedCallback(): void;
    /**
     * @param {string} name
     * @param {?string} before
     * @param {?string} now
     */
    attributeChangedCallback(name: string, before: string | null, now: string | null): void;
}
