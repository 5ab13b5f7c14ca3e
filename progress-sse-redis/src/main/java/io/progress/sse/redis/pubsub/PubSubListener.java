package io.progress.sse.redis.pubsub;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.lettuce.core.pubsub.RedisPubSubAdapter;

/**
 * Converts the events of Lettuce for one connection. It treats sharded and other channels
 * alike.
 */
final class PubSubListener extends RedisPubSubAdapter<byte[], byte[]> {

	private final Channels channels;

	private final Runnable heard;

	private final Predicate<String> hasLeft;

	private final Consumer<String> refused;

	/**
	 * Creates a listener.
	 * @param channels gets messages and subscriptions
	 * @param heard runs each time the server has sent something
	 * @param hasLeft returns whether an unsubscription answers our own
	 * @param refused gets each other unsubscription
	 */
	PubSubListener(Channels channels, Runnable heard, Predicate<String> hasLeft, Consumer<String> refused) {
		this.channels = channels;
		this.heard = heard;
		this.hasLeft = hasLeft;
		this.refused = refused;
	}

	@Override
	public void message(byte[] channel, byte[] payload) {
		this.heard.run();
		this.channels.message(text(channel), payload);
	}

	@Override
	public void smessage(byte[] channel, byte[] payload) {
		message(channel, payload);
	}

	@Override
	public void subscribed(byte[] channel, long count) {
		this.heard.run();
		this.channels.subscribed(text(channel));
	}

	@Override
	public void ssubscribed(byte[] channel, long count) {
		subscribed(channel, count);
	}

	@Override
	public void unsubscribed(byte[] channel, long count) {
		this.heard.run();
		String name = text(channel);
		if (!this.hasLeft.test(name)) {
			this.refused.accept(name);
		}
	}

	@Override
	public void sunsubscribed(byte[] channel, long count) {
		unsubscribed(channel, count);
	}

	private static String text(byte[] channel) {
		return new String(channel, StandardCharsets.UTF_8);
	}

	/**
	 * Gets the events of channels, on the threads of connections.
	 */
	interface Channels {

		void subscribed(String channel);

		void message(String channel, byte[] payload);

	}

}
