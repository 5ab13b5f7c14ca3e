/** @type {import('../element/words.js').Texts} */
declare const _default: {
    job: string;
    connecting: string;
    waiting: string;
    queued: string;
    running: string;
    stalled: string;
    reconnecting: string;
    cancelling: string;
    done: string;
    doneIn: string;
    failed: string;
    cancelled: string;
    lost: string;
    unknown: string;
    unauthorized: string;
    forbidden: string;
    unreachable: string;
    refused: string;
    count: string;
    rate: string;
    left: string;
    cancel: string;
    cancelJob: string;
};
export default _default;
