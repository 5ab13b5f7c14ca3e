package io.progress.sse.event;

/**
 * What may happen to an event on its way to a viewer that cannot keep up.
 */
public enum EventKind {

	/** A sample of moving counters: a newer one replaces it. */
	TICK,

	/** A phase, a note or a change of state: delivered to everybody. */
	MILESTONE,

	/** The last event of its job: exactly one, never dropped. */
	TERMINAL

}
