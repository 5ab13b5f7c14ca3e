package io.progress.sse.stream.feed;

import java.util.concurrent.atomic.LongAdder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

import io.progress.sse.TestSettings;
import io.progress.sse.event.EventKind;
import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.JobState;
import io.progress.sse.event.Progress;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.AppendMode;
import io.progress.sse.store.EventBatch;
import io.progress.sse.store.EventId;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.StoredEvent;
import io.progress.sse.store.WriterToken;
import io.progress.sse.store.memory.InMemoryProgressEventStore;
import io.progress.sse.stream.Cursor;
import io.progress.sse.stream.SpecParser;
import io.progress.sse.stream.StreamIds;
import io.progress.sse.stream.StreamSettings;
import io.progress.sse.stream.format.FrameEncoder;
import io.progress.sse.stream.format.ProgressEventFormats;
import io.progress.sse.stream.frame.FrameBuffer;
import io.progress.sse.tail.JobTail;
import io.progress.sse.tail.TailSignal;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a feed keeps, and where it says that viewers stand.
 */
class FeedTests {

	private static final JobInfo JOB = new JobInfo(JobId.of("fed"), "test", null, null, Instant.EPOCH);

	private final Sinks.Many<TailSignal> tail = Sinks.many().multicast().directAllOrNothing();

	private final Feed feed = feed(TestSettings.streams("window.events=8", "window.lag=4").window());

	@Test
	void aViewerIsPlacedByTheIdOfItsLastEventAndNothingElse() {
		append(1, EventKind.MILESTONE);
		append(2, EventKind.TICK);
		assertThat(this.feed.place(null)).isZero();
		assertThat(this.feed.place(id(1))).isEqualTo(1);
		assertThat(this.feed.place(id(2))).isEqualTo(2);
		assertThat(this.feed.place(new EventId(999, 1))).isEqualTo(Feed.WAIT);
		caughtUp(2);
		assertThat(this.feed.place(new EventId(999, 1))).isEqualTo(Feed.READ);
	}

	@Test
	void aViewerThatKeepsUpGetsEverything() {
		IntStream.rangeClosed(1, 8).forEach((n) -> append(n, EventKind.TICK));
		assertThat(copy(0, false)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
		assertThat(copy(7, true)).containsExactly(8L);
	}

	@Test
	void aViewerThatWasBlockedGetsMilestonesAndTheNewestTick() {
		append(1, EventKind.TICK);
		append(2, EventKind.MILESTONE);
		IntStream.rangeClosed(3, 7).forEach((n) -> append(n, EventKind.TICK));
		assertThat(copy(0, true)).containsExactly(2L, 7L);
		assertThat(copy(3, true)).as("not far behind").containsExactly(4L, 5L, 6L, 7L);
	}

	@Test
	void milestonesOutliveTheRing() {
		IntStream.rangeClosed(1, 30).forEach((n) -> append(n, (n % 10 == 0) ? EventKind.MILESTONE : EventKind.TICK));
		assertThat(copy(0, false)).containsExactly(10L, 20L, 30L);
		assertThat(this.feed.place(null)).as("all that is retained is in the store").isEqualTo(Feed.WAIT);
		assertThat(this.feed.place(id(10))).isEqualTo(10);
	}

	@Test
	void aMilestoneIsNeverLeftOutSilently() {
		IntStream.rangeClosed(1, 30).forEach((n) -> append(n, EventKind.MILESTONE));
		List<FeedEntry> entries = new ArrayList<>();
		assertThat(this.feed.copy(3, 64, true, entries)).isFalse();
		assertThat(entries).isEmpty();
	}

	@Test
	void framesAreBoundedByBytes() {
		Feed small = feed(TestSettings.streams("window.events=16", "window.size=1KB", "window.lag=4").window());
		FrameEncoder encoder = new ProgressEventFormats(List.of()).encoder("standard", StreamIds.EVENT);
		for (int n = 1; n <= 9; n++) {
			this.tail.tryEmitNext(new TailSignal.Next(stored(n, EventKind.TICK)));
			List<FeedEntry> newest = new ArrayList<>();
			small.copy(n - 1, 1, false, newest);
			assertThat(newest.get(0).frame(encoder)).hasSizeBetween(130, 200);
		}
		List<FeedEntry> entries = new ArrayList<>();
		small.copy(0, 64, false, entries);
		assertThat(entries).hasSize(1);
		assertThat(small.place(id(8))).isEqualTo(8);
		assertThat(small.place(id(1))).isEqualTo(Feed.WAIT);
	}

	@Test
	void aFrameIsKeptOnlyIfSeveralViewersShareIt() {
		FrameEncoder encoder = new ProgressEventFormats(List.of()).encoder("standard", StreamIds.EVENT);
		append(1, EventKind.TICK);
		List<FeedEntry> entries = new ArrayList<>();
		this.feed.copy(0, 1, false, entries);
		AtomicLong kept = new AtomicLong();
		FeedEntry entry = new FeedEntry(entries.get(0).stored(), 0, kept, false);
		FrameBuffer out = new FrameBuffer();
		this.feed.addViewer();
		entry.write(encoder, this.feed.isShared(), out);
		assertThat(kept).hasValue(0);
		byte[] frame = out.toByteArray();
		this.feed.addViewer();
		out.clear();
		entry.write(encoder, this.feed.isShared(), out);
		assertThat(out.toByteArray()).isEqualTo(frame);
		assertThat(kept).hasValue(frame.length);
		assertThat(entry.frame(encoder)).isSameAs(entry.frame(encoder)).isEqualTo(frame);
		assertThat(kept).hasValue(frame.length);
	}

	@Test
	void aResetStandsForAllThatWasBefore() {
		append(1, EventKind.MILESTONE);
		append(2, EventKind.MILESTONE);
		this.tail.tryEmitNext(new TailSignal.Reset(page(stored(9, EventKind.MILESTONE))));
		append(10, EventKind.TICK);
		for (long place = 0; place <= 2; place++) {
			List<FeedEntry> entries = new ArrayList<>();
			assertThat(this.feed.copy(place, 64, false, entries)).isFalse();
			assertThat(entries).singleElement().satisfies((entry) -> assertThat(entry.id()).isEqualTo(id(9)));
		}
		assertThat(copy(this.feed.place(id(9)), false)).containsExactly(10L);
	}

	@Test
	void aWorkerThatIsOverdueIsToldWithoutAnId() {
		append(1, EventKind.MILESTONE);
		this.tail.tryEmitNext(new TailSignal.Overdue(page(stored(1, EventKind.MILESTONE))));
		List<FeedEntry> entries = new ArrayList<>();
		this.feed.copy(1, 64, false, entries);
		byte[] frame = entries.get(0).frame(new ProgressEventFormats(List.of()).encoder("standard", StreamIds.EVENT));
		assertThat(SpecParser.parse(frame)).singleElement().satisfies((event) -> {
			assertThat(event.data()).contains("\"stalled\":true");
			assertThat(event.lastEventId()).isEmpty();
		});
	}

	@Test
	void aWorkerThatIsHeardOfAgainIsNoLongerStalled() {
		append(1, EventKind.MILESTONE);
		this.tail.tryEmitNext(new TailSignal.Overdue(page(stored(1, EventKind.MILESTONE))));
		this.tail.tryEmitNext(new TailSignal.Heard(page(stored(1, EventKind.MILESTONE))));
		List<FeedEntry> entries = new ArrayList<>();
		this.feed.copy(1, 64, false, entries);
		byte[] frame = entries.get(entries.size() - 1)
			.frame(new ProgressEventFormats(List.of()).encoder("standard", StreamIds.EVENT));
		assertThat(SpecParser.parse(frame)).singleElement().satisfies((event) -> {
			assertThat(event.data()).doesNotContain("\"stalled\":true");
			assertThat(event.lastEventId()).isEmpty();
		});
	}

	@Test
	void anEndedFeedServesOnlyThoseWhoSeeTheSameEnd() {
		append(1, EventKind.MILESTONE);
		assertThat(this.feed.canServe(start(null))).isTrue();
		this.tail.tryEmitComplete();
		assertThat(this.feed.canServe(start(id(1)))).isTrue();
		assertThat(this.feed.canServe(start(id(2)))).isFalse();
		assertThat(this.feed.canServe(start(null))).isFalse();
	}

	private static ResumePoint start(@Nullable EventId latest) {
		EventPage page = (latest != null) ? page(stored((int) latest.n(), EventKind.MILESTONE)) : null;
		return new ResumePoint(JOB.id(), new Cursor.Beginning(), page, JOB.createdAt());
	}

	@Test
	void aJobThatCameAndEndedBetweenTwoLooksIsKnownByItsTail() {
		InMemoryProgressEventStore store = InMemoryProgressEventStore.builder().build();
		ProgressEvent done = ProgressEvent.builder(JOB, JobState.DONE, Instant.EPOCH).build();
		store.append(new EventBatch(JOB, WriterToken.of(1), 1, List.of(done), AppendMode.CREATE)).block();
		VirtualTimeScheduler time = VirtualTimeScheduler.create();
		this.feed.follow(new JobTail(store, time, Duration.ofSeconds(5)).follow(JOB.id(), null));
		time.advanceTime();
		assertThat(this.feed.end()).isOne();
		assertThat(this.feed.info()).isEqualTo(JOB);
	}

	private Feed feed(StreamSettings.Window window) {
		Feed feed = new Feed(JOB.id(), InMemoryProgressEventStore.builder().build(), window, new LongAdder());
		feed.follow(this.tail.asFlux());
		return feed;
	}

	private void append(int n, EventKind kind) {
		this.tail.tryEmitNext(new TailSignal.Next(stored(n, kind)));
	}

	private void caughtUp(int n) {
		this.tail.tryEmitNext(new TailSignal.CaughtUp(page(stored(n, EventKind.TICK))));
	}

	private List<Long> copy(long next, boolean conflate) {
		List<FeedEntry> entries = new ArrayList<>();
		assertThat(this.feed.copy(next, 64, conflate, entries)).isTrue();
		return entries.stream().map((entry) -> entry.id().n()).toList();
	}

	private static EventPage page(StoredEvent latest) {
		return new EventPage(JOB, false, List.of(), id(1), latest, Duration.ZERO);
	}

	private static StoredEvent stored(int n, EventKind kind) {
		return new StoredEvent(id(n),
				ProgressEvent.builder(JOB, JobState.RUNNING, Instant.EPOCH)
					.kind(kind)
					.progress(new Progress(null, (long) n, null, null, null, null))
					.build());
	}

	private static EventId id(int n) {
		return new EventId(1_000, n);
	}

}
