import { Channel } from './channel.js';
import type { Way } from './channel.js';
import type { Settings } from './connection.js';
import type { Position } from './job.js';
import type { Connection, Problem, Progress } from './state.js';
export type Place = {
    id: string;
    cursor: string;
    seen: Position | null;
};
export type Message = {
    /**
     * the first three are told to the leader, the others
     * by it
     */
    type: 'join' | 'leave' | 'ask' | 'lead' | 'here' | 'tell';
    /**
     * who says it
     */
    from: string;
    /**
     * `join`: what is watched
     */
    jobs?: Place[];
    /**
     * `leave`: what is not watched any more; absent for all
     */
    ids?: string[];
    /**
     * `ask`: a stream that is lost is to be sought at once
     */
    again?: boolean;
    /**
     * `join`: its number; `here`: that of the `join` that it answers
     */
    turn?: number;
    /**
     * `here`: whose `join` that is
     */
    member?: string;
    /**
     * of what the leader has told
     */
    count?: number;
    /**
     * `tell`: the job
     */
    id?: string;
    /**
     * `tell`: what `Job` is told
     */
    call?: 'event' | 'status' | 'connection' | 'unknown' | 'tell';
    /**
     * `tell`: with these values
     */
    values?: any[];
    /**
     * `tell`: id of the event
     */
    cursor?: string;
    /**
     * `tell`: not for these, for whom the stream has to be opened anew
     */
    not?: string[];
};
export type Doors = {
    /**
     * tells all tabs
     */
    tell: (message: Omit<Message, 'from'>) => void;
    /**
     * calls when a tab is not there any more
     */
    watch: (member: string, signal: AbortSignal, gone: () => void) => void;
    /**
     * nobody is left
     */
    empty: () => void;
};
export declare class Hub {
    #private;
    /**
     * @param {Way} way
     * @param {Settings} settings
     * @param {Doors} doors
     */
    constructor(way: Way, settings: Settings, doors: Doors);
    /** @param {Message} message */
    take({ type, from, jobs, turn, ids, again }: Message): void;
    /**
     * Tells all tabs what a job is told.
     *
     * @param {Relay} relay
     * @param {Message['call']} call
     * @param {any[]} values
     */
    pass({ id, cursor, late }: Relay, call: Message['call'], values: any[]): void;
    /** @param {string} id of a job that nobody watches any more */
    forget(id: string): void;
    close(): void;
}
/** Stands for the `Job`s of all tabs. */
declare class Relay {
    #private;
    channel: Channel;
    id: string;
    /** @type {Set<any>} the tabs that watch it */
    watchers: Set<any>;
    /** @type {Set<string>} those who have to see first what is not on this stream any more */
    late: Set<string>;
    cursor: string;
    /** @type {Position | null} */
    seen: Position | null;
    /**
     * @param {Hub} hub
     * @param {Channel} channel
     * @param {string} id
     */
    constructor(hub: Hub, channel: Channel, id: string);
    /**
     * @param {string} member
     * @param {Place} place
     * @returns {boolean} whether the stream has to be opened anew: the server judges all who join, by the cookies of now
     */
    join(member: string, place: Place): boolean;
    /** @param {string} member */
    leave(member: string): void;
    close(): void;
    /** Tabs that have seen more leave out what they know. */
    rewind(): void;
    /**
     * @param {Partial<Progress>} progress
     * @param {any} data
     * @param {Position | null} position
     */
    event(progress: Partial<Progress>, data: any, position: Position | null): void;
    /**
     * @param {Partial<Progress>} progress
     * @param {any} data
     * @param {Position | null} position
     */
    status(progress: Partial<Progress>, data: any, position: Position | null): void;
    /**
     * @param {Connection} connection
     * @param {Problem | null} problem
     */
    connection(connection: Connection, problem: Problem | null): void;
    /** @param {Problem} problem */
    unknown(problem: Problem): void;
    /** @param {string} name */
    tell(name: string): void;
}
export {};
