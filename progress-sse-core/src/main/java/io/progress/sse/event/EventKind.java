package io.progress.sse.event;

/**
 * The importance of an event: whether a slow viewer may miss it.
 */
public enum EventKind {

	/** A sample of moving counters: a newer one replaces it. */
	TICK,

	/** A phase, a note or a change of state: delivered to every viewer. */
	MILESTONE,

	/** The last event of its job. Each job has exactly one, and it is never dropped. */
	TERMINAL

}
