package io.progress.sse.event;

/**
 * The importance of an event: whether it may be left out for a viewer that cannot keep
 * up.
 */
public enum EventKind {

	/** A sample of moving counters: a newer one replaces it. */
	TICK,

	/** A phase, a note or a change of state: delivered to everybody. */
	MILESTONE,

	/** The last event of its job: exactly one, never dropped. */
	TERMINAL

}
