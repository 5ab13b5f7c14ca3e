package io.progress.sse.redis;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

import reactor.core.publisher.FluxSink;

import io.progress.sse.redis.pubsub.ChannelSubscriptions;

/**
 * Channels that listeners of this process share: each is subscribed to once, as long as
 * it has a listener.
 *
 * @param <N> the notices that messages are read as
 */
final class SharedChannels<N> {

	private final ConcurrentMap<String, SharedChannel<N>> channels = new ConcurrentHashMap<>();

	private final ChannelSubscriptions subscriptions;

	private final N ready;

	private final N suspect;

	/**
	 * Creates the channels.
	 * @param ready the notice for a channel that is subscribed to from now on
	 * @param suspect the notice that something may have been missed, also for a message
	 * that cannot be read
	 */
	SharedChannels(ChannelSubscriptions subscriptions, N ready, N suspect) {
		this.subscriptions = subscriptions;
		this.ready = ready;
		this.suspect = suspect;
	}

	/**
	 * Listens to a channel.
	 * @param name its name
	 * @param reader reads a message; the same for each listener of the channel
	 * @param sink the listener
	 */
	void listen(String name, Function<byte[], N> reader, FluxSink<N> sink) {
		SharedChannel<N> channel = join(name, reader);
		sink.onDispose(() -> {
			channel.remove(sink);
			leave(name);
		});
		channel.add(sink);
	}

	private SharedChannel<N> join(String name, Function<byte[], N> reader) {
		return this.channels.compute(name, (same, known) -> {
			SharedChannel<N> channel = known;
			if (channel == null) {
				channel = new SharedChannel<>(reader, this.ready, this.suspect);
				this.subscriptions.open(name, channel);
			}
			channel.users++;
			return channel;
		});
	}

	private void leave(String name) {
		this.channels.computeIfPresent(name, (same, channel) -> {
			channel.users--;
			if (channel.users > 0) {
				return channel;
			}
			this.subscriptions.close(name);
			return null;
		});
	}

}
