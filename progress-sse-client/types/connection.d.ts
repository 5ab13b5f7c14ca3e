import type { Job } from './job.js';
import type { Connection, Problem, Progress } from './state.js';
export type Settings = {
    /**
     * sent with each request; streams by
     * `fetch` then, as an `EventSource` sends none
     */
    headers?: HeadersInit | (() => HeadersInit | Promise<HeadersInit>);
    /**
     * `include` for cookies of another origin
     */
    credentials?: RequestCredentials;
    /**
     * shortest pause before another try, in milliseconds; 1000
     */
    minDelay?: number;
    /**
     * longest pause, in milliseconds; 30000
     */
    maxDelay?: number;
    /**
     * how long a job that is not there is waited for, in milliseconds; 30000
     */
    await?: number;
    /**
     * of one page, as a browser opens six connections to an HTTP/1.1 server; more jobs poll;
     * 4
     */
    maxStreams?: number;
    /**
     * whether tabs of the browser share a stream; true
     */
    tabs?: boolean;
    /**
     * where the job's status is; by default the stream's URL, asked for JSON. `null`
     * for nowhere
     */
    statusUrl?: string | null;
};
export type Task = {
    /**
     * of the stream; asked for each request
     */
    url: () => string | URL | Promise<string | URL>;
    /**
     * whether the URL may be another one each time
     */
    way: {
        fresh: boolean;
    };
    /**
     * the last event's id
     */
    cursor: () => string;
    event: (name: string, data: any, id: string) => void;
    jobs: Map<string, Job>;
    /**
     * which of them it is about
     */
    keyOf: (data: any) => string;
    read: (job: Job | undefined, data: any, name: string) => Partial<Progress> | null | undefined;
    connected: (connection: Connection, problem?: Problem) => void;
    /**
     * nothing comes any more
     */
    gone: (problem: Problem) => void;
    /**
     * takes the status instead of the jobs
     */
    listed?: (list: any, goesOn: boolean) => void;
};
/**
 * @param {Task} task
 * @param {Settings} settings
 */
export declare function keepOpen(task: Task, settings: Settings): {
    close: () => void;
    restart: () => void;
};
