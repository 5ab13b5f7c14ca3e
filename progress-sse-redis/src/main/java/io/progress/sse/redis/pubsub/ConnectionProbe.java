package io.progress.sse.redis.pubsub;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import io.progress.sse.redis.connection.RedisAddress;
import io.progress.sse.redis.connection.RedisLink;

/**
 * Finds connections that are dead although they look open: a message to a connection's
 * own channel, sent through the connection for commands, must be received.
 */
final class ConnectionProbe {

	private static final long PROBE_NANOS = TimeUnit.SECONDS.toNanos(1);

	private static final long DEAD_NANOS = TimeUnit.SECONDS.toNanos(3);

	private static final int MAX_TRIES = 10_000;

	private final RedisLink link;

	private final String prefix;

	ConnectionProbe(RedisLink link, String prefix) {
		this.link = link;
		this.prefix = prefix;
	}

	/** Returns a new channel that belongs to the given server. */
	String channel(RedisAddress address, ChannelTopology topology) {
		String channel;
		int tries = 0;
		do {
			channel = this.prefix + ":{probe-" + UUID.randomUUID() + "}";
			tries++;
		}
		while (tries < MAX_TRIES && !address.equals(topology.ownerOf(channel)));
		return channel;
	}

	boolean isDead(PubSubConnection connection) {
		return connection.silentNanos() > DEAD_NANOS;
	}

	/** Sends a message if nothing was received for a while. */
	void probe(PubSubConnection connection) {
		if (connection.silentNanos() <= PROBE_NANOS) {
			return;
		}
		byte[] channel = connection.probe().getBytes(StandardCharsets.UTF_8);
		this.link.call(
				(redis) -> connection.isSharded() ? redis.spublish(channel, channel) : redis.publish(channel, channel))
			.subscribe((heard) -> {
			}, (ex) -> {
				// The connection counts as lost if nothing is received.
			});
	}

}
