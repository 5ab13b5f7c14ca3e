package io.progress.sse.redis;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import reactor.core.publisher.FluxSink;

import io.progress.sse.event.JobId;
import io.progress.sse.redis.pubsub.ChannelSubscriptions;
import io.progress.sse.store.EventId;
import io.progress.sse.store.StoreNotice;
import io.progress.sse.store.StoredEvent;

/**
 * The channels of the jobs that this process listens to. A message is
 * {@code <id> <previous id or -> <event>}; any other text means that there is something
 * to read.
 */
final class JobChannels {

	private final SharedChannels<StoreNotice> channels;

	private final EventCodec codec;

	private final String prefix;

	JobChannels(ChannelSubscriptions subscriptions, EventCodec codec, String prefix) {
		this.channels = new SharedChannels<>(subscriptions, new StoreNotice.Ready(), new StoreNotice.Suspect());
		this.codec = codec;
		this.prefix = prefix;
	}

	void listen(JobId job, FluxSink<StoreNotice> sink) {
		this.channels.listen(JobKeys.channel(this.prefix, job), (payload) -> read(job, payload), sink);
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
