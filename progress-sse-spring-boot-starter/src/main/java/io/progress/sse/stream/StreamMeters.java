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
	 * Events were written to a connection.
	 * @param events how many
	 */
	default void delivered(int events) {
	}

	/**
	 * Events were skipped for a viewer that could not keep up.
	 * @param events how many
	 */
	default void conflated(long events) {
	}

	/** A viewer that did not read was cut off. */
	default void evicted() {
	}

	/** A viewer came back with a good cursor. */
	default void resumed() {
	}

	/** A viewer came back with a cursor whose events are lost. */
	default void stale() {
	}

	/**
	 * A stream was refused.
	 * @param limit the limit that it would have exceeded
	 */
	default void refused(StreamLimit limit) {
	}

}
