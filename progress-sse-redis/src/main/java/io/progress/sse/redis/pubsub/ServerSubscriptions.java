package io.progress.sse.redis.pubsub;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

import io.progress.sse.redis.connection.RedisAddress;
import io.progress.sse.support.Backoff;

/**
 * A server, its subscribed channels, and the connection to it while there is one. Used
 * only on the thread of the {@link SubscriptionManager}, except for
 * {@link #connection()}.
 */
final class ServerSubscriptions {

	private static final Duration MIN_PAUSE = Duration.ofMillis(50);

	private static final Duration MAX_PAUSE = Duration.ofSeconds(2);

	private final RedisAddress address;

	private final Set<String> channels = new LinkedHashSet<>();

	private final Set<String> joining = new LinkedHashSet<>();

	private final Set<String> leaving = new LinkedHashSet<>();

	private volatile @Nullable PubSubConnection connection;

	private final Backoff backoff = new Backoff(MIN_PAUSE, MAX_PAUSE);

	ServerSubscriptions(RedisAddress address) {
		this.address = address;
	}

	RedisAddress address() {
		return this.address;
	}

	@Nullable PubSubConnection connection() {
		return this.connection;
	}

	List<String> channels() {
		return List.copyOf(this.channels);
	}

	boolean isEmpty() {
		return this.channels.isEmpty();
	}

	/** Subscribes at the next flush, also to a channel that is subscribed to already. */
	void join(String channel) {
		this.channels.add(channel);
		this.joining.add(channel);
	}

	/** Unsubscribes at the next flush, also from a channel that was refused. */
	void leave(String channel) {
		this.channels.remove(channel);
		this.joining.remove(channel);
		this.leaving.add(channel);
	}

	/** Drops a channel that the server does not serve any more. */
	void forget(String channel) {
		this.channels.remove(channel);
		this.joining.remove(channel);
	}

	void flush(BiConsumer<List<String>, Throwable> onRefusal) {
		PubSubConnection connection = this.connection;
		if (connection != null) {
			if (!this.leaving.isEmpty()) {
				connection.unsubscribe(List.copyOf(this.leaving));
			}
			if (!this.joining.isEmpty()) {
				connection.subscribe(List.copyOf(this.joining), onRefusal);
			}
		}
		this.leaving.clear();
		this.joining.clear();
	}

	void connected(PubSubConnection connection) {
		this.connection = connection;
		this.backoff.reset();
		this.joining.clear();
		this.joining.addAll(this.channels);
	}

	void disconnect() {
		PubSubConnection connection = this.connection;
		this.connection = null;
		if (connection != null) {
			connection.close();
		}
	}

	/** Returns how long to wait before the next try. */
	long nextPauseMillis() {
		return this.backoff.nextMillis();
	}

}
