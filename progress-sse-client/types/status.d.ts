import type { Settings, Task } from './connection.js';
import type { Problem } from './state.js';
export type Answer = {
    /**
     * whether there is such a job, or may be soon
     */
    ok: boolean;
    /**
     * where it stands; absent if that is known
     */
    body?: any;
    /**
     * of this status
     */
    tag: string;
    /**
     * how long the server asks to wait, in milliseconds; 0 if it does not
     */
    pause: number;
    problem: Problem;
    /**
     * whether it is of no use to ask again
     */
    over: boolean;
};
/**
 * @param {Task} task
 * @param {Settings} settings
 * @param {string} tag of the status that is known
 * @param {number} deadline until then a job that is not there may come
 * @returns {Promise<Answer>}
 */
export declare function ask(task: Task, { statusUrl, headers, credentials }: Settings, tag: string, deadline: number): Promise<Answer>;
/**
 * Passes the states on to the jobs.
 *
 * @param {Task} task
 * @param {Answer} answer
 * @param {boolean} goesOn whether the stream will tell of an end, and of what was before it
 */
export declare function tell(task: Task, { body, tag }: Answer, goesOn: boolean): void;
