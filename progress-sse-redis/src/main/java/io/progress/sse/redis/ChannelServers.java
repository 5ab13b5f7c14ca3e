package io.progress.sse.redis;

import java.util.HashMap;
import java.util.Map;

import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Tells which server a channel lives on: the master of its slot where channels are
 * sharded, otherwise any. Confined to the thread of the {@link Lanes}.
 */
final class ChannelServers implements AutoCloseable {

	private static final RedisAddress ANY = new RedisAddress("any", 0);

	private final OwnClients clients;

	/** {@code null} where channels are not sharded. */
	private final @Nullable RedisClusterClient cluster;

	private final Map<RedisAddress, LettuceConnectionFactory> listening = new HashMap<>();

	ChannelServers(OwnClients clients, RedisConnection connection) {
		this.clients = clients;
		this.cluster = connection.isSharded() ? connection.cluster() : null;
	}

	boolean areSharded() {
		return this.cluster != null;
	}

	/**
	 * The server of a channel.
	 * @param channel the channel
	 * @return its address; {@code null} if nobody serves its slot
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
				(key) -> key.equals(ANY) ? this.clients.forListening() : this.clients.forListening(key));
	}

	/** Asks the cluster, in the background, who serves what. */
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
