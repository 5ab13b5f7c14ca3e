package io.progress.sse.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import io.progress.sse.event.JobId;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.EventId;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.StoredEvent;

/**
 * Reads pages.
 * <ol>
 * <li>A small script looks at the job's hash; only a script knows the time of the server
 * that holds the lease. The events come by a plain {@code XRANGE}, sent right behind it:
 * for bulk that costs Redis a quarter of what a script does.</li>
 * <li>The range begins <em>at</em> the cursor. If its first entry is not that very id,
 * the cursor is stale, unless there is none and the cursor is the newest id.</li>
 * <li>What was appended between the two is in the events, so the newer of the two is the
 * latest.</li>
 * <li>When the stream is over, the hash still has the newest event.</li>
 * <li>While Redis was away, no worker could renew its lease. So none is over before half
 * a lease has gone by since then.</li>
 * </ol>
 */
final class PageReader {

	private static final LuaScript LOOK = LuaScript.named("look");

	private final RedisLink link;

	private final EventCodec codec;

	private final String prefix;

	private final Duration patience;

	PageReader(RedisLink link, EventCodec codec, StoreSettings settings) {
		this.link = link;
		this.codec = codec;
		this.prefix = settings.keyPrefix();
		this.patience = settings.lease().dividedBy(2);
	}

	Mono<EventPage> read(JobId job, @Nullable EventId after, int limit) {
		JobKeys keys = JobKeys.of(this.prefix, job);
		Mono<List<Object>> look = LOOK.run(this.link, new byte[][] { keys.job(), keys.events() });
		if (limit == 0 && after == null) {
			return look.mapNotNull((standing) -> page(job, null, standing, List.of(), limit));
		}
		Range<String> range = (after != null)
				? Range.from(Range.Boundary.including(after.toString()), Range.Boundary.unbounded())
				: Range.unbounded();
		long count = (after != null) ? limit + 1L : limit;
		Mono<List<StreamMessage<byte[], byte[]>>> events = this.link
			.call((redis) -> redis.xrange(keys.events(), range, Limit.from(count)));
		return Mono.zip(look, events).mapNotNull((both) -> page(job, after, both.getT1(), both.getT2(), limit));
	}

	private @Nullable EventPage page(JobId job, @Nullable EventId after, List<Object> standing,
			List<StreamMessage<byte[], byte[]>> entries, int limit) {
		if (standing.isEmpty()) {
			return null;
		}
		StoredEvent newest = new StoredEvent(id(text(standing, 0)), this.codec.decode(job, bytes(standing, 2)));
		List<StoredEvent> events = new ArrayList<>(entries.size());
		entries.forEach((entry) -> events.add(event(job, entry, newest)));
		boolean found = after == null || (!events.isEmpty() && events.get(0).id().equals(after));
		boolean stale = !found && !(events.isEmpty() && newest.id().equals(after));
		if (stale) {
			events.clear();
		}
		else if (after != null && !events.isEmpty()) {
			events.remove(0);
		}
		else if (after == null && events.isEmpty() && limit > 0) {
			events.add(newest);
		}
		StoredEvent last = events.isEmpty() ? newest : events.get(events.size() - 1);
		StoredEvent latest = (last.id().compareTo(newest.id()) > 0) ? last : newest;
		return new EventPage(this.codec.decodeInfo(job, bytes(standing, 1)), stale, events,
				earliest(standing, after, events, latest), latest, lease(standing, latest));
	}

	private StoredEvent event(JobId job, StreamMessage<byte[], byte[]> entry, StoredEvent newest) {
		EventId id = id(entry.getId());
		if (id.equals(newest.id())) {
			return newest;
		}
		Map<byte[], byte[]> body = entry.getBody();
		ProgressEvent event = this.codec.decode(job, body.values().iterator().next());
		return new StoredEvent(id, event);
	}

	private static EventId earliest(List<Object> standing, @Nullable EventId after, List<StoredEvent> events,
			StoredEvent latest) {
		if (after == null && !events.isEmpty()) {
			return events.get(0).id();
		}
		String first = text(standing, 4);
		return first.isEmpty() ? latest.id() : id(first);
	}

	private @Nullable Duration lease(List<Object> standing, StoredEvent latest) {
		if (latest.event().isTerminal()) {
			return null;
		}
		Duration left = Duration.ofMillis(Long.parseLong(text(standing, 3)));
		Duration since = this.link.sinceOutage();
		if (since == null || !left.isNegative()) {
			return left;
		}
		Duration patience = this.patience.minus(since);
		return patience.isNegative() ? left : patience;
	}

	private static EventId id(String text) {
		return EventId.parse(text)
			.orElseThrow(() -> new IllegalStateException("An event id in Redis must be 'ms-n', but is '" + text + "'"));
	}

	private static String text(List<Object> standing, int index) {
		return JobKeys.text(bytes(standing, index));
	}

	private static byte[] bytes(List<Object> standing, int index) {
		return (byte[]) standing.get(index);
	}

}
