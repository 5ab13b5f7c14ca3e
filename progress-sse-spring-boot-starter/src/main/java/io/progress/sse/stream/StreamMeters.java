package io.progress.sse.stream;

/**
 * Counts what happens to streams. Called on hot paths and by several threads:
 * implementations add to a counter and return.
 */
public interface StreamMeters {

	/** Counts nothing. */
	StreamMeters NONE = new StreamMeters() {
	};

	/**
	 * Called when events were written to a connection.
	 * @param events how many
	 */
	default void delivered(int events) {
	}

	/**
	 * Called when events were skipped for a slow viewer.
	 * @param events how many
	 */
	default void conflated(long events) {
	}

	/** Called when a viewer that did not read was disconnected. */
	default void evicted() {
	}

	/** Called when a viewer reconnected with a valid cursor. */
	default void resumed() {
	}

	/** Called when a viewer reconnected with a cursor whose events are lost. */
	default void stale() {
	}

	/** Called when a viewer was told to begin again, because its events are lost. */
	default void reset() {
	}

	/**
	 * Jobs were left out of a stream of all jobs of an owner, which follows as many as it
	 * may.
	 * @param jobs how many
	 */
	default void leftOut(int jobs) {
	}

	/**
	 * Called when a stream was refused.
	 * @param limit the limit that it would have exceeded
	 */
	default void refused(StreamLimit limit) {
	}

}
