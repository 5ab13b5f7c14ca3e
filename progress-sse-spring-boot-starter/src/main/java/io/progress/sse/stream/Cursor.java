package io.progress.sse.stream;

import io.progress.sse.store.EventId;

/**
 * The place in one job where a client wants to go on.
 */
public sealed interface Cursor {

	/**
	 * Whether only a client can have it that has been on a stream before.
	 * @return {@code true} if so
	 */
	default boolean isReturn() {
		return this instanceof After || this instanceof Unknown || this instanceof Foreign;
	}

	/** With all that is retained. */
	record Beginning() implements Cursor {

	}

	/** With what comes from now on. */
	record Now() implements Cursor {

	}

	/** With the newest event. */
	record Latest() implements Cursor {

	}

	/**
	 * Behind an event.
	 *
	 * @param id its id
	 */
	record After(EventId id) implements Cursor {

	}

	/** The job was unknown, and the client has been told so. */
	record Unknown() implements Cursor {

	}

	/** Nowhere: not a cursor of ours. */
	record Foreign() implements Cursor {

	}

}
