package io.progress.sse.stream.feed;

import java.util.concurrent.atomic.LongAdder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Sinks;

import io.progress.sse.TestSettings;
import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.AppendMode;
import io.progress.sse.store.EventBatch;
import io.progress.sse.store.EventId;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.StoredEvent;
import io.progress.sse.store.WriterToken;
import io.progress.sse.store.memory.InMemoryProgressEventStore;
import io.progress.sse.stream.Cursor;
import io.progress.sse.tail.TailSignal;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A viewer whose feed overtakes it again and again while its reads are under way.
 */
class OverlappingReadsTests {

	private static final Instant NOW = Instant.ofEpochMilli(1_000);

	private static final JobInfo JOB = new JobInfo(JobId.of("overtaken"), "test", null, null, NOW);

	private static final int EVENTS = 20;

	private final InMemoryProgressEventStore store = InMemoryProgressEventStore.builder()
		.clock(Clock.fixed(NOW, ZoneOffset.UTC))
		.build();

	private final Sinks.Many<TailSignal> tail = Sinks.many().multicast().directAllOrNothing();

	private final Feed feed = new Feed(JOB.id(), this.store,
			TestSettings.streams("window.events=2", "window.lag=1").window(), new LongAdder());

	private final Queue<Runnable> due = new ArrayDeque<>();

	private final ViewerLoop loop = new ViewerLoop(this.due::add);

	private final FeedCursor cursor = new FeedCursor(this.feed, this.loop, this::look, new ResumePoint(JOB.id(),
			new Cursor.After(id(2)), new EventPage(JOB, false, List.of(), id(1), stored(EVENTS), null), NOW));

	private boolean room = true;

	@Test
	void getsEachEventOnce() {
		this.store
			.append(new EventBatch(JOB, WriterToken.of(1), 1,
					IntStream.rangeClosed(1, EVENTS).mapToObj((n) -> event()).toList(), AppendMode.CREATE))
			.block(Duration.ofSeconds(5));
		this.feed.follow(this.tail.asFlux());
		follow(1, 1);
		this.tail.tryEmitNext(new TailSignal.CaughtUp(new EventPage(JOB, false, List.of(), id(1), stored(1), null)));
		look();
		follow(2, 3);
		List<Long> seen = new ArrayList<>(take(1));
		follow(4, EVENTS - 1);
		look();
		this.loop.execute(() -> {
			follow(EVENTS, EVENTS);
			look();
		});
		this.due.remove().run();
		this.room = false;
		runLoop();
		this.room = true;
		for (int i = 0; i < 10; i++) {
			seen.addAll(take(64));
			runLoop();
		}
		assertThat(seen).containsExactlyElementsOf(LongStream.rangeClosed(3, EVENTS).boxed().toList());
	}

	private void look() {
		if (this.room) {
			this.cursor.peek(new ArrayList<>(), 64, false);
		}
	}

	private List<Long> take(int limit) {
		List<FeedEntry> entries = new ArrayList<>();
		this.cursor.peek(entries, limit, false);
		entries.forEach(this.cursor::advance);
		return entries.stream().map((entry) -> entry.id().n()).toList();
	}

	private void runLoop() {
		while (!this.due.isEmpty()) {
			this.due.remove().run();
		}
	}

	private void follow(int from, int to) {
		IntStream.rangeClosed(from, to).forEach((n) -> this.tail.tryEmitNext(new TailSignal.Next(stored(n))));
	}

	private static StoredEvent stored(int n) {
		return new StoredEvent(id(n), event());
	}

	private static ProgressEvent event() {
		return ProgressEvent.builder(JOB, JobState.RUNNING, NOW).build();
	}

	private static EventId id(int n) {
		return new EventId(NOW.toEpochMilli(), n);
	}

}
