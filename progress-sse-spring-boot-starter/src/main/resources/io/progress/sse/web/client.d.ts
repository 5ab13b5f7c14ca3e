/** Where a job stands. What is not known is absent. */
export interface Progress {
  jobId: string;
  job: string;
  parent?: string;
  state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled' | 'lost';
  attempt: number;
  phase?: string;
  message?: string;
  /** 0.0 to 1.0 */
  progress?: number;
  completed?: number;
  total?: number;
  unit?: string;
  ratePerSecond?: number;
  etaMs?: number;
  stalled?: true;
  coalesced?: number;
  note?: { level: 'info' | 'warning' | 'error'; text: string };
  data?: Record<string, unknown>;
  result?: unknown;
  error?: { code: string; message: string };
  durationMs?: number;
  occurredAt: string;
}

export interface Listener {
  /** Each event, in order; the last one is terminal. */
  onProgress?(progress: Progress): void;
  /** The terminal event; nothing comes after it. */
  onEnd?(progress: Progress): void;
  /** There is no such job, or not for this caller (status); nothing comes after it. */
  onUnknown?(status?: number): void;
  /** Some events were missed for good; the next one is the newest. */
  onReset?(): void;
  /** The stream was lost; it is being sought again. */
  onDisconnect?(): void;
}

export interface Options {
  /** Go on behind this event. */
  lastEventId?: string;
  withCredentials?: boolean;
  /** Shortest and longest pause between two tries, in milliseconds. */
  minDelay?: number;
  maxDelay?: number;
  /** Silence after which a stream is taken for dead, in milliseconds; three heartbeats. */
  silence?: number;
  EventSource?: typeof EventSource | null;
  fetch?: typeof fetch;
}

/** Watches a job until it ends. */
export function watch(url: string, listener: Listener, options?: Options): { close(): void; readonly lastEventId: string };

/** An id for a job that is to be watched from before it is submitted. */
export function newJobId(): string;
