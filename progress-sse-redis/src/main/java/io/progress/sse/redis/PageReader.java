package io.progress.sse.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import io.progress.sse.event.JobId;
import io.progress.sse.redis.connection.LuaScript;
import io.progress.sse.redis.connection.RedisLink;
import io.progress.sse.store.EventId;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.StoredEvent;

/**
 * Reads pages of a job's events.
 * <ol>
 * <li>A small script reads the job's hash, because only a script can compare the lease
 * with the time of the server. A plain {@code XRANGE}, sent directly after it, reads the
 * events: for many events it takes Redis a quarter of the time of a script.</li>
 * <li>The range begins <em>at</em> the cursor. If its first entry has the cursor's id, or
 * the range is empty and the cursor is the newest id, the page is complete.</li>
 * <li>Otherwise, and for the beginning of a job whose milestones were moved out of the
 * stream of events, another script checks the cursor and reads both streams at once, so
 * that an event that moves from one to the other is not missed.</li>
 * <li>Events that were appended between the two commands are in the range, so the newer
 * of the range's last event and the hash's newest event is the latest.</li>
 * <li>When the stream of events has expired, the hash still has the newest event.</li>
 * </ol>
 */
final class PageReader {

	private static final LuaScript LOOK = LuaScript.named(PageReader.class, "look");

	private static final LuaScript MISSED = LuaScript.named(PageReader.class, "missed");

	/** Indexes in the answers of both scripts. */
	private static final int LATEST = 0;

	private static final int INFO = 1;

	private static final int EVENT = 2;

	private static final int LEASE = 3;

	private static final int EARLIEST = 4;

	private static final int MOVED = 5;

	/** Indexes in the answer of the second script. */
	private static final int STALE = 6;

	private static final int ENTRIES = 7;

	private final RedisLink link;

	private final EventCodec codec;

	private final String prefix;

	private final LeaseClock leases;

	PageReader(RedisLink link, EventCodec codec, StoreSettings settings, LeaseClock leases) {
		this.link = link;
		this.codec = codec;
		this.prefix = settings.keyPrefix();
		this.leases = leases;
	}

	Mono<EventPage> read(JobId job, @Nullable EventId after, int limit) {
		JobKeys keys = JobKeys.of(this.prefix, job);
		Mono<List<Object>> look = LOOK.run(this.link, keys.stored()).filter((answer) -> !answer.isEmpty());
		if (limit == 0 && after == null) {
			return look.map((answer) -> page(job, null, answer, List.of(), limit));
		}
		Range<String> range = (after != null)
				? Range.from(Range.Boundary.including(after.toString()), Range.Boundary.unbounded())
				: Range.unbounded();
		long count = (after != null) ? limit + 1L : limit;
		Mono<List<Entry>> entries = this.link.call((redis) -> redis.xrange(keys.events(), range, Limit.from(count)))
			.map((found) -> found.stream().map(Entry::of).toList());
		return Mono.zip(look, entries)
			.flatMap(
					(both) -> leadsOn(both.getT1(), after, both.getT2())
							? Mono.just(page(job, after, both.getT1(),
									(after != null) ? behind(both.getT2()) : both.getT2(), limit))
							: missed(keys, job, after, limit));
	}

	/** Whether the page can be made from the stream of events alone. */
	private static boolean leadsOn(List<Object> answer, @Nullable EventId after, List<Entry> entries) {
		if (after == null) {
			return text(answer, MOVED).isEmpty();
		}
		return after.equals(entries.isEmpty() ? id(text(answer, LATEST)) : entries.get(0).id());
	}

	private static List<Entry> behind(List<Entry> entries) {
		return entries.isEmpty() ? entries : entries.subList(1, entries.size());
	}

	private Mono<EventPage> missed(JobKeys keys, JobId job, @Nullable EventId after, int limit) {
		return MISSED
			.run(this.link, keys.stored(), JobKeys.bytes((after != null) ? after.toString() : ""),
					JobKeys.bytes(Integer.toString(limit)))
			.filter((answer) -> !answer.isEmpty())
			.map((answer) -> page(job, after, answer,
					((List<?>) answer.get(ENTRIES)).stream().map((entry) -> Entry.of((List<?>) entry)).toList(),
					limit));
	}

	private EventPage page(JobId job, @Nullable EventId after, List<Object> answer, List<Entry> entries, int limit) {
		StoredEvent newest = new StoredEvent(id(text(answer, LATEST)), this.codec.decode(job, bytes(answer, EVENT)));
		List<StoredEvent> events = new ArrayList<>(entries.size());
		entries.forEach((entry) -> events.add(entry.id().equals(newest.id()) ? newest
				: new StoredEvent(entry.id(), this.codec.decode(job, entry.json()))));
		if (after == null && events.isEmpty() && limit > 0) {
			events.add(newest);
		}
		StoredEvent last = events.isEmpty() ? newest : events.get(events.size() - 1);
		StoredEvent latest = (last.id().compareTo(newest.id()) > 0) ? last : newest;
		boolean stale = answer.size() > STALE && Long.valueOf(1).equals(answer.get(STALE));
		return new EventPage(this.codec.decodeInfo(job, bytes(answer, INFO)), stale, events,
				earliest(answer, after, events, latest), latest, lease(answer, latest));
	}

	private static EventId earliest(List<Object> answer, @Nullable EventId after, List<StoredEvent> events,
			StoredEvent latest) {
		if (after == null && !events.isEmpty()) {
			return events.get(0).id();
		}
		String first = text(answer, EARLIEST);
		return first.isEmpty() ? latest.id() : id(first);
	}

	private @Nullable Duration lease(List<Object> answer, StoredEvent latest) {
		if (latest.event().isTerminal()) {
			return null;
		}
		return this.leases.left(Long.parseLong(text(answer, LEASE)));
	}

	private static EventId id(String text) {
		return EventId.parse(text)
			.orElseThrow(() -> new IllegalStateException("An event id in Redis must be 'ms-n', but is '" + text + "'"));
	}

	private static String text(List<Object> answer, int index) {
		return JobKeys.text(bytes(answer, index));
	}

	private static byte[] bytes(List<Object> answer, int index) {
		return (byte[]) answer.get(index);
	}

	/**
	 * An event as it is stored.
	 */
	private static final class Entry {

		private final EventId id;

		private final byte[] json;

		private Entry(String id, byte[] json) {
			this.id = PageReader.id(id);
			this.json = json;
		}

		static Entry of(StreamMessage<byte[], byte[]> message) {
			return new Entry(message.getId(), message.getBody().values().iterator().next());
		}

		static Entry of(List<?> pair) {
			return new Entry(JobKeys.text((byte[]) pair.get(0)), (byte[]) pair.get(1));
		}

		EventId id() {
			return this.id;
		}

		byte[] json() {
			return this.json;
		}

	}

}
