package io.progress.sse.redis;

/**
 * Hears what happens on a channel. Called on connection threads: returns quickly.
 */
interface LaneListener {

	/**
	 * From here on every message comes. Said again whenever the lane had to start over.
	 */
	void ready();

	/** Messages may be lost until the next {@link #ready()}. */
	void down();

	/**
	 * A message.
	 * @param payload what was published
	 */
	void message(byte[] payload);

}
