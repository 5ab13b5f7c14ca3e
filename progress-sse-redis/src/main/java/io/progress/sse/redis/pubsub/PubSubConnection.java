package io.progress.sse.redis.pubsub;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateAdapter;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.pubsub.api.async.RedisPubSubAsyncCommands;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import io.progress.sse.redis.connection.RedisAddress;

/**
 * A subscription connection to one server. It does not reconnect when it is lost.
 */
final class PubSubConnection {

	private static final int BATCH = 512;

	private final RedisAddress address;

	private final boolean sharded;

	private final String probe;

	private final StatefulRedisPubSubConnection<byte[], byte[]> connection;

	/** The number of our own unsubscriptions without an answer, by channel. */
	private final Map<String, Integer> leaving = new ConcurrentHashMap<>();

	private volatile long heardNanos = System.nanoTime();

	private PubSubConnection(RedisAddress address, boolean sharded, String probe,
			StatefulRedisPubSubConnection<byte[], byte[]> connection) {
		this.address = address;
		this.sharded = sharded;
		this.probe = probe;
		this.connection = connection;
	}

	/**
	 * Connects. Blocks.
	 * @param address the server's address
	 * @param sharded whether its channels are sharded
	 * @param probe a channel that only this connection listens to
	 * @param client connects to the server
	 * @param events gets the events
	 */
	static PubSubConnection connect(RedisAddress address, boolean sharded, String probe,
			LettuceConnectionFactory client, Events events) {
		AbstractRedisClient nativeClient = client.getRequiredNativeClient();
		StatefulRedisPubSubConnection<byte[], byte[]> connection = (nativeClient instanceof RedisClusterClient cluster)
				? cluster.connectPubSub(ByteArrayCodec.INSTANCE)
				: ((RedisClient) nativeClient).connectPubSub(ByteArrayCodec.INSTANCE);
		PubSubConnection opened = new PubSubConnection(address, sharded, probe, connection);
		connection.addListener(new PubSubListener(events, opened::heard, opened::hasLeft,
				(channel) -> events.refused(opened, channel)));
		connection.addListener(new RedisConnectionStateAdapter() {
			@Override
			public void onRedisDisconnected(RedisChannelHandler<?, ?> lost) {
				events.lost(opened);
			}
		});
		return opened;
	}

	RedisAddress address() {
		return this.address;
	}

	boolean isOpen() {
		return this.connection.isOpen();
	}

	boolean isSharded() {
		return this.sharded;
	}

	/** Returns the channel for test messages. */
	String probe() {
		return this.probe;
	}

	private void heard() {
		this.heardNanos = System.nanoTime();
	}

	long silentNanos() {
		return System.nanoTime() - this.heardNanos;
	}

	void subscribe(List<String> channels, BiConsumer<List<String>, Throwable> onRefusal) {
		RedisPubSubAsyncCommands<byte[], byte[]> redis = this.connection.async();
		for (List<String> batch : batches(channels)) {
			RedisFuture<Void> answer = this.sharded ? redis.ssubscribe(names(batch)) : redis.subscribe(names(batch));
			var ignored = answer.exceptionally((ex) -> {
				onRefusal.accept(batch, ex);
				return null;
			});
		}
	}

	void unsubscribe(List<String> channels) {
		RedisPubSubAsyncCommands<byte[], byte[]> redis = this.connection.async();
		for (List<String> batch : batches(channels)) {
			batch.forEach((channel) -> this.leaving.merge(channel, 1, Integer::sum));
			RedisFuture<Void> answer = this.sharded ? redis.sunsubscribe(names(batch))
					: redis.unsubscribe(names(batch));
			var ignored = answer.exceptionally((ex) -> {
				batch.forEach(this::hasLeft);
				return null;
			});
		}
	}

	/**
	 * Handles an unsubscription. If it is the answer to our own, the channel may be
	 * wanted again by now; then the answer to the new subscription follows.
	 * @param channel the channel
	 * @return whether it answers our own unsubscription; {@code false} if the server does
	 * not serve the channel any more
	 */
	private boolean hasLeft(String channel) {
		AtomicBoolean ours = new AtomicBoolean();
		this.leaving.computeIfPresent(channel, (name, count) -> {
			ours.set(true);
			return (count > 1) ? count - 1 : null;
		});
		return ours.get();
	}

	void close() {
		if (this.connection.isOpen()) {
			var ignored = this.connection.closeAsync();
		}
	}

	/** Sharded channels of one command must share a slot. */
	private List<List<String>> batches(List<String> channels) {
		int size = this.sharded ? 1 : BATCH;
		return IntStream.range(0, (channels.size() + size - 1) / size)
			.mapToObj((i) -> channels.subList(i * size, Math.min(channels.size(), (i + 1) * size)))
			.toList();
	}

	private static byte[][] names(Collection<String> channels) {
		return channels.stream().map((channel) -> channel.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
	}

	/**
	 * Gets the events of connections, on their threads.
	 */
	interface Events extends PubSubListener.Channels {

		/** Called when the server does not serve the channel any more. */
		void refused(PubSubConnection connection, String channel);

		void lost(PubSubConnection connection);

	}

}
