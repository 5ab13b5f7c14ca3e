package io.progress.sse.redis.pubsub;

/**
 * Is told what happens on a channel. Called on threads of connections: returns quickly.
 */
public interface ChannelListener {

	/**
	 * From here on every message comes. Called again whenever the channel was subscribed
	 * to again.
	 */
	void ready();

	/** Messages may be lost until the next {@link #ready()}. */
	void down();

	/**
	 * A message came.
	 * @param payload what was published
	 */
	void message(byte[] payload);

}
