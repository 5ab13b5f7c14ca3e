package io.progress.sse.tail;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.AppendMode;
import io.progress.sse.store.AppendResult;
import io.progress.sse.store.EventBatch;
import io.progress.sse.store.EventId;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.store.StoreNotice;
import io.progress.sse.store.WriterToken;
import io.progress.sse.store.memory.InMemoryProgressEventStore;

import static org.assertj.core.api.Assertions.assertThat;

class JobTailTests {

	private static final Duration POSITION_CHECK = Duration.ofSeconds(15);

	private static final Duration PAST_POSITION_CHECK = Duration.ofSeconds(19);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final FaultyStore store = new FaultyStore();

	private final JobInfo job = new JobInfo(JobId.of("job"), "test", null, null, Instant.EPOCH);

	private final Viewer viewer = new Viewer();

	private WriterToken writer = WriterToken.of(1);

	private long sequence;

	@AfterEach
	void cancel() {
		this.viewer.subscription.dispose();
		this.time.dispose();
	}

	@Test
	void replaysThenGoesOnLive() {
		append("a", "b");
		follow(null);
		append("c");
		end();
		assertThat(this.viewer.seen).containsExactly("a", "b", "caught up", "c", "DONE", "complete");
	}

	@Test
	void startsBehindItsCursor() {
		append("a");
		EventId cursor = append("b");
		append("c");
		follow(cursor);
		assertThat(this.viewer.seen).containsExactly("c", "caught up");
	}

	@Test
	void replaysMoreThanAPage() {
		String[] many = IntStream.range(0, 1000).mapToObj(Integer::toString).toArray(String[]::new);
		append(many);
		follow(null);
		assertThat(this.viewer.seen).startsWith(many).hasSize(1001).endsWith("caught up");
	}

	@Test
	void waitsForAnUnknownJobAndShowsItFromItsBeginning() {
		follow(null);
		append("a", "b");
		append("c");
		assertThat(this.viewer.seen).containsExactly("unknown", "a", "b", "caught up", "c");
	}

	@Test
	void completesAtOnceBehindTheTerminalEvent() {
		append("a");
		follow(end());
		assertThat(this.viewer.seen).containsExactly("caught up", "complete");
	}

	@Test
	void saysThatItHasCaughtUpBeforeItCompletesByAPage() {
		append("a");
		end();
		follow(null);
		assertThat(this.viewer.seen).containsExactly("a", "DONE", "caught up", "complete");
	}

	@Test
	void saysThatItHasCaughtUpBeforeItCompletesByTheLastOfManyPages() {
		append(IntStream.range(0, 1000).mapToObj(Integer::toString).toArray(String[]::new));
		end();
		follow(null);
		assertThat(this.viewer.seen).hasSize(1003).endsWith("DONE", "caught up", "complete");
	}

	@Test
	void doesNotCompleteByANoticeBeforeItHasCaughtUp() {
		this.store.readable = false;
		follow(null);
		append("a");
		end();
		assertThat(this.viewer.seen).isEmpty();
		this.store.readable = true;
		this.time.advanceTimeBy(Duration.ofSeconds(3));
		assertThat(this.viewer.seen).containsExactly("a", "DONE", "caught up", "complete");
	}

	@Test
	void resetsAForeignCursorToTheNewestEvent() {
		append("a", "b");
		follow(new EventId(7, 1));
		append("c");
		assertThat(this.viewer.seen).containsExactly("reset to b", "caught up", "c");
	}

	@Test
	void completesAfterAResetThatCarriesTheTerminalEvent() {
		append("a");
		end();
		follow(new EventId(7, 1));
		assertThat(this.viewer.seen).containsExactly("reset to DONE", "caught up", "complete");
	}

	@Test
	void resetsWhenTheJobIsReplacedByAnotherRun() {
		append("a", "b");
		follow(null);
		this.writer = WriterToken.of(2);
		this.sequence = 0;
		append(AppendMode.REPLACE, "x");
		append("y");
		assertThat(this.viewer.seen).containsExactly("a", "b", "caught up", "reset to x", "caught up", "y");
	}

	@Test
	void saysThatADeletedJobIsUnknown() {
		append("a");
		follow(null);
		this.store.delete(this.job.id()).block();
		assertThat(this.viewer.seen).containsExactly("a", "caught up", "unknown");
	}

	@Test
	void fillsAGapThatALostNoticeLeft() {
		append("a");
		follow(null);
		this.store.muted = true;
		append("b", "c");
		this.store.muted = false;
		append("d");
		assertThat(this.viewer.seen).containsExactly("a", "caught up", "b", "c", "d", "caught up");
	}

	@Test
	void noticesAnotherRunWhoseNumbersHappenToFit() {
		append("a");
		follow(null);
		this.store.muted = true;
		this.writer = WriterToken.of(2);
		this.sequence = 0;
		append(AppendMode.REPLACE, "x");
		this.store.muted = false;
		append("y");
		assertThat(this.viewer.seen).containsExactly("a", "caught up", "reset to y", "caught up");
	}

	@Test
	void findsWhatASilentLaneLostByThePositionCheck() {
		append("a");
		follow(null);
		this.store.muted = true;
		append("b");
		assertThat(this.viewer.seen).doesNotContain("b");
		this.time.advanceTimeBy(PAST_POSITION_CHECK);
		assertThat(this.viewer.seen).containsExactly("a", "caught up", "b", "caught up");
	}

	@Test
	void findsWhatALaneLostThatSpokeBefore() {
		follow(null);
		append("a");
		this.store.muted = true;
		append("b");
		this.time.advanceTimeBy(PAST_POSITION_CHECK.multipliedBy(2));
		assertThat(this.viewer.seen).containsExactly("unknown", "a", "caught up", "b", "caught up");
	}

	@Test
	void doesNotLookWhereNoticesHaveLedOn() {
		append("a");
		follow(null);
		append("b");
		int reads = this.store.reads;
		this.time.advanceTimeBy(PAST_POSITION_CHECK);
		assertThat(this.store.reads).isEqualTo(reads);
		this.time.advanceTimeBy(PAST_POSITION_CHECK);
		assertThat(this.store.reads).isGreaterThan(reads);
	}

	@Test
	void keepsQuietWhenThePositionCheckFindsNothing() {
		append("a");
		follow(null);
		this.time.advanceTimeBy(PAST_POSITION_CHECK.multipliedBy(5));
		assertThat(this.viewer.seen).containsExactly("a", "caught up");
	}

	@Test
	void readsAgainUntilTheStoreAnswers() {
		append("a");
		this.store.readable = false;
		follow(null);
		this.time.advanceTimeBy(Duration.ofSeconds(60));
		assertThat(this.viewer.seen).isEmpty();
		this.store.readable = true;
		this.time.advanceTimeBy(Duration.ofSeconds(3));
		assertThat(this.viewer.seen).containsExactly("a", "caught up");
	}

	@Test
	void readsOnceMoreWhenToldToWhileAReadIsUnderWay() {
		append("a");
		follow(null);
		this.store.muted = true;
		this.store.slow = true;
		this.store.hints.tryEmitNext(new StoreNotice.Ready());
		append("b");
		this.store.hints.tryEmitNext(new StoreNotice.Ready());
		this.time.advanceTimeBy(Duration.ofSeconds(1));
		assertThat(this.viewer.seen).containsExactly("a", "caught up", "b", "caught up");
	}

	@Test
	void givesUpAReadThatNeverAnswers() {
		append("a");
		this.store.silent = true;
		follow(null);
		this.store.silent = false;
		this.time.advanceTimeBy(Duration.ofSeconds(11));
		assertThat(this.viewer.seen).containsExactly("a", "caught up");
	}

	@Test
	void goesOnLiveWhileThePositionCheckFails() {
		append("a");
		follow(null);
		this.store.readable = false;
		this.time.advanceTimeBy(PAST_POSITION_CHECK);
		append("b");
		assertThat(this.viewer.seen).containsExactly("a", "caught up", "b");
	}

	@Test
	void pollsAndListensAgainWhileTheStoreDoesNotListen() {
		this.store.listening = false;
		follow(null);
		append("a");
		this.time.advanceTimeBy(Duration.ofSeconds(3));
		assertThat(this.viewer.seen).containsExactly("unknown", "a", "caught up");
		this.store.listening = true;
		this.time.advanceTimeBy(Duration.ofSeconds(4));
		append("b");
		assertThat(this.viewer.seen).containsExactly("unknown", "a", "caught up", "b");
	}

	@Test
	void leavesNothingBehindWhenCancelled() {
		append("a");
		follow(null);
		this.viewer.subscription.dispose();
		assertThat(append("b")).isNotNull();
		assertThat(this.store.watched(this.job)).isFalse();
		assertThat(this.viewer.seen).containsExactly("a", "caught up");
	}

	@Test
	void stopsListeningAfterTheEnd() {
		follow(null);
		end();
		assertThat(this.viewer.seen).containsExactly("unknown", "DONE", "caught up", "complete");
		assertThat(this.store.watched(this.job)).isFalse();
	}

	private void follow(@Nullable EventId after) {
		this.viewer.subscription = new JobTail(this.store, this.time, POSITION_CHECK).follow(this.job.id(), after)
			.subscribe(this.viewer::see, (ex) -> this.viewer.seen.add(ex.toString()),
					() -> this.viewer.seen.add("complete"));
	}

	private EventId append(String... messages) {
		return append(AppendMode.CONTINUE, messages);
	}

	private EventId append(AppendMode mode, String... messages) {
		return append(mode, List.of(messages)
			.stream()
			.map((message) -> ProgressEvent.builder(this.job, JobState.RUNNING, Instant.EPOCH).message(message).build())
			.toList());
	}

	private EventId end() {
		return append(AppendMode.CONTINUE,
				List.of(ProgressEvent.builder(this.job, JobState.DONE, Instant.EPOCH).message("DONE").build()));
	}

	private EventId append(AppendMode mode, List<ProgressEvent> events) {
		EventBatch batch = new EventBatch(this.job, this.writer, this.sequence + 1, events, mode);
		this.sequence = batch.lastSequence();
		return this.store.append(batch).block().latest();
	}

	private static final class Viewer {

		private final List<String> seen = new CopyOnWriteArrayList<>();

		private Disposable subscription = () -> {
		};

		void see(TailSignal signal) {
			if (signal instanceof TailSignal.Next next) {
				this.seen.add(next.event().event().message());
			}
			else if (signal instanceof TailSignal.Reset reset) {
				this.seen.add("reset to " + reset.page().latest().event().message());
			}
			else {
				this.seen.add((signal instanceof TailSignal.Unknown) ? "unknown" : "caught up");
			}
		}

	}

	/** Fails in the ways that it is told to. */
	private final class FaultyStore implements ProgressEventStore {

		private final InMemoryProgressEventStore store = InMemoryProgressEventStore.builder()
			.eventsPerJob(2_000)
			.build();

		private boolean muted;

		private boolean readable = true;

		private boolean silent;

		private boolean slow;

		private int reads;

		private final Sinks.Many<StoreNotice> hints = Sinks.many().multicast().directBestEffort();

		private boolean listening = true;

		@Override
		public Mono<AppendResult> append(EventBatch batch) {
			return this.store.append(batch);
		}

		@Override
		public Mono<EventPage> read(JobId job, @Nullable EventId after, int limit) {
			this.reads++;
			if (this.silent) {
				return Mono.never();
			}
			if (this.slow) {
				return this.store.read(job, after, limit).delayElement(Duration.ofMillis(100), JobTailTests.this.time);
			}
			return this.readable ? this.store.read(job, after, limit)
					: Mono.error(new IllegalStateException("out of reach"));
		}

		@Override
		public Flux<StoreNotice> listen(JobId job) {
			return this.listening
					? this.store.listen(job).filter((notice) -> !this.muted).mergeWith(this.hints.asFlux())
					: Flux.error(new IllegalStateException("out of reach"));
		}

		@Override
		public Mono<Boolean> delete(JobId job) {
			return this.store.delete(job);
		}

		boolean watched(JobInfo job) {
			EventBatch unheard = new EventBatch(job, WriterToken.of(0), 9,
					List.of(ProgressEvent.builder(job, JobState.RUNNING, Instant.EPOCH).build()), AppendMode.CONTINUE);
			return this.store.append(unheard).block().watched();
		}

	}

}
