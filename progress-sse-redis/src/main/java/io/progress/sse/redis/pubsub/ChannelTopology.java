package io.progress.sse.redis.pubsub;

import java.util.HashMap;
import java.util.Map;

import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import io.progress.sse.redis.connection.RedisAddress;
import io.progress.sse.redis.connection.RedisConnection;
import io.progress.sse.redis.connection.RedisLink;

/**
 * Finds the server of a channel: the master of its slot if channels are sharded,
 * otherwise any server. Used only on the thread of the {@link SubscriptionManager}.
 */
final class ChannelTopology implements AutoCloseable {

	private static final RedisAddress ANY = new RedisAddress("any", 0);

	private final RedisLink link;

	/** {@code null} if channels are not sharded. */
	private final @Nullable RedisClusterClient cluster;

	private final Map<RedisAddress, LettuceConnectionFactory> listening = new HashMap<>();

	ChannelTopology(RedisLink link, RedisConnection connection) {
		this.link = link;
		this.cluster = connection.isSharded() ? connection.cluster() : null;
	}

	boolean areSharded() {
		return this.cluster != null;
	}

	/**
	 * Returns the server of a channel.
	 * @param channel the channel
	 * @return its address; {@code null} if no server has its slot
	 */
	@Nullable RedisAddress ownerOf(String channel) {
		if (this.cluster == null) {
			return ANY;
		}
		RedisClusterNode node = this.cluster.getPartitions().getMasterBySlot(SlotHash.getSlot(channel));
		return (node != null) ? new RedisAddress(node.getUri().getHost(), node.getUri().getPort()) : null;
	}

	LettuceConnectionFactory client(RedisAddress address) {
		return this.listening.computeIfAbsent(address,
				(key) -> this.link.listeningClient(key.equals(ANY) ? null : key));
	}

	/** Asks the cluster, in the background, which server has which slot. */
	void refresh() {
		if (this.cluster != null) {
			var ignored = this.cluster.refreshPartitionsAsync();
		}
	}

	@Override
	public void close() {
		this.listening.values().forEach(LettuceConnectionFactory::destroy);
	}

}
