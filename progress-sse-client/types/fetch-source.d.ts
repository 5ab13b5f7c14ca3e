export type Init = {
    withCredentials?: boolean;
    headers?: any;
};
/** @typedef {{withCredentials?: boolean, headers?: any}} Init */
export declare class FetchSource extends EventTarget {
    #private;
    url: string | URL;
    init: Init;
    readyState: number;
    /** @type {((event: Event) => void) | null} */
    onopen: ((event: Event) => void) | null;
    /** @type {((event: Event) => void) | null} */
    onerror: ((event: Event) => void) | null;
    /**
     * @param {string | URL} url
     * @param {Init} init
     */
    constructor(url: string | URL, init: Init);
    close(): void;
}
