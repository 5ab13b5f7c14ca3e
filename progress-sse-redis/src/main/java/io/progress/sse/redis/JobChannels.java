package io.progress.sse.redis;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import reactor.core.publisher.FluxSink;

import io.progress.sse.event.JobId;
import io.progress.sse.redis.pubsub.ChannelSubscriptions;
import io.progress.sse.store.EventId;
import io.progress.sse.store.StoreNotice;
import io.progress.sse.store.StoredEvent;

/**
 * The channels of the jobs that this process listens to. A message is
 * {@code <id> <previous id or -> <event>}; any other text says that there is something to
 * read.
 */
final class JobChannels {

	private final ConcurrentMap<JobId, JobChannel> channels = new ConcurrentHashMap<>();

	private final ChannelSubscriptions subscriptions;

	private final EventCodec codec;

	private final String prefix;

	JobChannels(ChannelSubscriptions subscriptions, EventCodec codec, String prefix) {
		this.subscriptions = subscriptions;
		this.codec = codec;
		this.prefix = prefix;
	}

	void listen(JobId job, FluxSink<StoreNotice> sink) {
		JobChannel channel = join(job);
		sink.onDispose(() -> {
			channel.remove(sink);
			leave(job);
		});
		channel.add(sink);
	}

	private JobChannel join(JobId job) {
		return this.channels.compute(job, (id, known) -> {
			JobChannel channel = known;
			if (channel == null) {
				channel = new JobChannel((payload) -> notice(id, payload));
				this.subscriptions.open(JobKeys.channel(this.prefix, id), channel);
			}
			channel.users++;
			return channel;
		});
	}

	private void leave(JobId job) {
		this.channels.computeIfPresent(job, (id, channel) -> {
			channel.users--;
			if (channel.users > 0) {
				return channel;
			}
			this.subscriptions.close(JobKeys.channel(this.prefix, id));
			return null;
		});
	}

	/** A message that cannot be parsed still says that there is something to read. */
	private StoreNotice notice(JobId job, byte[] payload) {
		try {
			return read(job, payload);
		}
		catch (Throwable ex) {
			return new StoreNotice.Suspect();
		}
	}

	private StoreNotice read(JobId job, byte[] payload) {
		int first = space(payload, 0);
		int second = space(payload, first + 1);
		if (first < 0 || second < 0) {
			return new StoreNotice.Suspect();
		}
		EventId id = EventId.parse(ascii(payload, 0, first)).orElse(null);
		EventId previous = EventId.parse(ascii(payload, first + 1, second)).orElse(null);
		if (id == null || (previous == null && payload[first + 1] != '-')) {
			return new StoreNotice.Suspect();
		}
		byte[] event = Arrays.copyOfRange(payload, second + 1, payload.length);
		return new StoreNotice.Live(new StoredEvent(id, this.codec.decode(job, event)), previous);
	}

	private static int space(byte[] payload, int from) {
		int end = Math.min(payload.length, from + EventId.MAX_LENGTH + 1);
		for (int i = from; i < end; i++) {
			if (payload[i] == ' ') {
				return i;
			}
		}
		return -1;
	}

	private static String ascii(byte[] payload, int from, int to) {
		return new String(payload, from, to - from, StandardCharsets.US_ASCII);
	}

}
