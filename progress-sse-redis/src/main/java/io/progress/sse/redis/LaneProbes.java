package io.progress.sse.redis;

import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Tells lanes on which nothing happens from those that are dead although their connection
 * is not: a message to a lane's own channel, sent by the connection for commands, must
 * come.
 */
final class LaneProbes {

	private static final long PROBE_NANOS = TimeUnit.SECONDS.toNanos(1);

	private static final long DEAD_NANOS = TimeUnit.SECONDS.toNanos(3);

	private static final int MAX_TRIES = 10_000;

	private final RedisLink link;

	private final String prefix;

	LaneProbes(RedisLink link, String prefix) {
		this.link = link;
		this.prefix = prefix;
	}

	/** A channel of one's own that lives on the given server. */
	String channel(RedisAddress address, ChannelServers owners) {
		String channel;
		int tries = 0;
		do {
			channel = this.prefix + ":{probe-" + UUID.randomUUID() + "}";
			tries++;
		}
		while (tries < MAX_TRIES && !address.equals(owners.ownerOf(channel)));
		return channel;
	}

	boolean isDead(Lane lane) {
		return lane.silentNanos() > DEAD_NANOS;
	}

	/** Sends a message if nothing has come for a while. */
	void probe(Lane lane) {
		if (lane.silentNanos() <= PROBE_NANOS) {
			return;
		}
		byte[] channel = JobKeys.bytes(lane.probe());
		this.link.call((redis) -> lane.isSharded() ? redis.spublish(channel, channel) : redis.publish(channel, channel))
			.subscribe((heard) -> {
			}, (ex) -> {
				// The lane is lost when nothing comes.
			});
	}

}
