package io.progress.sse.stream;

import io.progress.sse.store.EventId;

/**
 * The position in one job at which a client wants to continue.
 */
public sealed interface Cursor {

	/**
	 * Whether only a client that had a stream before can have this cursor.
	 * @return {@code true} if so
	 */
	default boolean isReturn() {
		return this instanceof After || this instanceof Unknown || this instanceof Foreign;
	}

	/** Begin with all stored events. */
	record Beginning() implements Cursor {

	}

	/** Begin with the events that come from now on. */
	record Now() implements Cursor {

	}

	/** Begin with the newest event. */
	record Latest() implements Cursor {

	}

	/**
	 * Continue after an event.
	 *
	 * @param id its id
	 */
	record After(EventId id) implements Cursor {

	}

	/** The job was unknown, and the client knows that. */
	record Unknown() implements Cursor {

	}

	/** A text that is not a valid cursor. */
	record Foreign() implements Cursor {

	}

}
