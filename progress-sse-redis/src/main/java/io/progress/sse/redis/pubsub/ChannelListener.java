package io.progress.sse.redis.pubsub;

/**
 * Listens to one channel. Called on threads of connections, so it must return quickly.
 */
public interface ChannelListener {

	/**
	 * From now on every message is received. Called again each time the channel was
	 * subscribed to again.
	 */
	void ready();

	/** Messages may be lost until the next {@link #ready()}. */
	void down();

	/**
	 * Called for each message.
	 * @param payload the published text
	 */
	void message(byte[] payload);

}
