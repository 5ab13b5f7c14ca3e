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

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Sinks;

import io.progress.sse.TestSettings;
import io.progress.sse.event.EventKind;
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
 * Where a viewer goes on that is ahead of its feed: the store is asked, and the feed may
 * come along before the answer does.
 */
class FeedCursorTests {

	private static final Instant NOW = Instant.ofEpochMilli(1_000);

	private static final JobInfo JOB = new JobInfo(JobId.of("fed"), "test", null, null, NOW);

	private final InMemoryProgressEventStore store = InMemoryProgressEventStore.builder()
		.clock(Clock.fixed(NOW, ZoneOffset.UTC))
		.build();

	private final WriterToken writer = WriterToken.of(1);

	private final Sinks.Many<TailSignal> tail = Sinks.many().multicast().directAllOrNothing();

	private final Feed feed = new Feed(JOB.id(), this.store, TestSettings.streams().window(), new LongAdder());

	private final Queue<Runnable> due = new ArrayDeque<>();

	private final FeedCursor cursor = cursor(id(2));

	@BeforeEach
	void theFeedIsBehindItsStore() {
		store(1, 4);
		this.feed.follow(this.tail.asFlux());
		append(1);
		this.tail.tryEmitNext(new TailSignal.CaughtUp(new EventPage(JOB, false, List.of(), id(1), stored(1), null)));
		assertThat(take(64)).isEmpty();
	}

	@Test
	void takesThePageThatItAskedFor() {
		runLoop();
		assertThat(take(64)).containsExactly(3L, 4L);
		IntStream.rangeClosed(2, 5).forEach(this::append);
		assertThat(take(64)).containsExactly(5L);
	}

	@Test
	void forgetsThePageWhenTheFeedWasFaster() {
		IntStream.rangeClosed(2, 4).forEach(this::append);
		assertThat(take(1)).containsExactly(3L);
		runLoop();
		assertThat(take(64)).containsExactly(4L);
		assertThat(take(64)).isEmpty();
	}

	@Test
	void forgetsThePageWhenTheFeedWasFasterAndHasNothingNewYet() {
		IntStream.rangeClosed(2, 2).forEach(this::append);
		assertThat(take(64)).isEmpty();
		runLoop();
		IntStream.rangeClosed(3, 5).forEach(this::append);
		assertThat(take(64)).containsExactly(3L, 4L, 5L);
	}

	@Test
	void letsTheFeedForgetWhatItsOnlyViewerHasPassed() {
		IntStream.rangeClosed(2, 40).forEach(this::append);
		assertThat(take(64)).hasSize(38).endsWith(40L);
		assertThat(take(64)).isEmpty();

		assertThat(this.feed.place(id(32))).isEqualTo(Feed.READ);
		assertThat(this.feed.place(id(33))).isEqualTo(33);
	}

	@Test
	void keepsWhatOneOfSeveralViewersHasPassed() {
		this.feed.addViewer();
		this.feed.addViewer();
		IntStream.rangeClosed(2, 40).forEach(this::append);
		assertThat(take(64)).hasSize(38);
		assertThat(take(64)).isEmpty();

		assertThat(this.feed.place(id(1))).isEqualTo(1);
	}

	@Test
	void findsInTheStoreWhatTheFeedHasForgotten() {
		store(5, 40);
		IntStream.rangeClosed(2, 40).forEach(this::append);
		assertThat(take(64)).endsWith(40L);
		assertThat(take(64)).isEmpty();
		this.feed.addViewer();
		this.feed.addViewer();
		FeedCursor late = cursor(id(2));

		assertThat(take(late, 64)).isEmpty();
		runLoop();
		store(41, 42);
		IntStream.rangeClosed(41, 42).forEach(this::append);

		assertThat(take(late, 64)).containsExactlyElementsOf(LongStream.rangeClosed(3, 40).boxed().toList());
		assertThat(take(late, 64)).containsExactly(41L, 42L);
	}

	@Test
	void findsInTheStoreWhatTheFeedForgetsAtThatMoment() {
		store(5, 40);
		IntStream.rangeClosed(2, 40).forEach(this::append);
		FeedCursor other = cursor(id(2));
		assertThat(take(other, 1)).containsExactly(3L);
		assertThat(take(64)).endsWith(40L);
		assertThat(take(64)).isEmpty();

		assertThat(take(other, 64)).isEmpty();
		runLoop();

		assertThat(take(other, 64)).containsExactlyElementsOf(LongStream.rangeClosed(4, 40).boxed().toList());
	}

	private List<Long> take(int limit) {
		return take(this.cursor, limit);
	}

	private static List<Long> take(FeedCursor cursor, int limit) {
		List<FeedEntry> entries = new ArrayList<>();
		assertThat(cursor.peek(entries, limit, false)).isTrue();
		entries.forEach(cursor::advance);
		return entries.stream().map((entry) -> entry.id().n()).toList();
	}

	private FeedCursor cursor(EventId after) {
		return new FeedCursor(this.feed, new ViewerLoop(this.due::add), () -> {
		}, new ResumePoint(JOB.id(), new Cursor.After(after),
				new EventPage(JOB, false, List.of(), id(1), stored(4), null), NOW));
	}

	private void store(int from, int to) {
		List<ProgressEvent> events = IntStream.rangeClosed(from, to).mapToObj((n) -> event()).toList();
		this.store.append(new EventBatch(JOB, this.writer, from, events, AppendMode.CREATE))
			.block(Duration.ofSeconds(5));
	}

	private void runLoop() {
		while (!this.due.isEmpty()) {
			this.due.remove().run();
		}
	}

	private void append(int n) {
		this.tail.tryEmitNext(new TailSignal.Next(stored(n)));
	}

	private static StoredEvent stored(int n) {
		return new StoredEvent(id(n), event());
	}

	private static ProgressEvent event() {
		return ProgressEvent.builder(JOB, JobState.RUNNING, NOW).kind(EventKind.TICK).build();
	}

	private static EventId id(int n) {
		return new EventId(NOW.toEpochMilli(), n);
	}

}
