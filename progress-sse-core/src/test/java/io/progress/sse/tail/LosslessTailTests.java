package io.progress.sse.tail;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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
import io.progress.sse.store.LosslessProgressEventStore;
import io.progress.sse.store.StoreNotice;
import io.progress.sse.store.WriterToken;
import io.progress.sse.store.memory.InMemoryProgressEventStore;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a tail leaves to a store that loses no notice, and what it does not.
 */
class LosslessTailTests {

	private static final Duration AN_HOUR = Duration.ofHours(1);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final CountingStore store = new CountingStore();

	private final JobInfo job = new JobInfo(JobId.of("job"), "test", null, null, Instant.EPOCH);

	private final List<String> seen = new ArrayList<>();

	private WriterToken writer = WriterToken.of(1);

	private long sequence;

	private Disposable following = () -> {
	};

	@AfterEach
	void stop() {
		this.following.dispose();
		this.time.dispose();
	}

	@Test
	void anIdleTailAsksForNothingAndHoldsNoTimer() {
		append("a");
		follow();
		assertThat(this.seen).containsExactly("a", "CaughtUp");
		assertThatAnHourPassesWithoutAReadOrATimer();
	}

	@Test
	void aTailThatWaitsForItsJobAsksForNothingAndHoldsNoTimer() {
		follow();
		assertThat(this.seen).containsExactly("Unknown");
		assertThatAnHourPassesWithoutAReadOrATimer();
		append("a");
		assertThat(this.seen).containsExactly("Unknown", "a", "CaughtUp");
	}

	@Test
	void seesWhateverComesAfterAnHour() {
		append("a");
		follow();
		this.time.advanceTimeBy(AN_HOUR);
		append("b");
		this.time.advanceTimeBy(AN_HOUR);
		replace("x");
		this.time.advanceTimeBy(AN_HOUR);
		this.store.delete(this.job.id()).block();
		this.time.advanceTimeBy(AN_HOUR);
		this.sequence = 0;
		append("y");
		assertThat(this.seen).containsExactly("a", "CaughtUp", "b", "Reset", "CaughtUp", "Unknown", "Reset",
				"CaughtUp");
	}

	@Test
	void readsWhatFindsNoPlaceInItsBuffer() {
		this.store.slow = true;
		append("0");
		follow();
		String[] more = IntStream.rangeClosed(1, 2 * NoticeBuffer.SIZE)
			.mapToObj(Integer::toString)
			.toArray(String[]::new);
		append(more);
		append("last");
		this.time.advanceTimeBy(Duration.ofSeconds(5));
		assertThat(this.seen.stream().filter((what) -> !what.equals("CaughtUp"))).startsWith("0")
			.containsSubsequence(more)
			.endsWith("last")
			.hasSize(more.length + 2);
		assertThatAnHourPassesWithoutAReadOrATimer();
	}

	@Test
	void checksEachSecondWhileTheSubscriptionIsDown() {
		append("a");
		follow();
		this.store.listening = false;
		this.store.end.tryEmitNext(true);
		append("b");
		this.time.advanceTimeBy(Duration.ofSeconds(2));
		assertThat(this.seen).containsExactly("a", "CaughtUp", "b", "CaughtUp");
		this.store.listening = true;
		this.time.advanceTimeBy(Duration.ofSeconds(4));
		assertThatAnHourPassesWithoutAReadOrATimer();
	}

	@Test
	void readsAgainUntilTheStoreAnswers() {
		append("a");
		this.store.readable = false;
		follow();
		this.time.advanceTimeBy(AN_HOUR);
		this.store.readable = true;
		this.time.advanceTimeBy(Duration.ofSeconds(4));
		assertThat(this.seen).containsExactly("a", "CaughtUp");
		assertThatAnHourPassesWithoutAReadOrATimer();
	}

	private void assertThatAnHourPassesWithoutAReadOrATimer() {
		int reads = this.store.reads;
		long tasks = this.time.getScheduledTaskCount();
		this.time.advanceTimeBy(AN_HOUR);
		assertThat(this.store.reads).isEqualTo(reads);
		assertThat(this.time.getScheduledTaskCount()).as("tasks, as each timer would make some").isEqualTo(tasks);
	}

	private void follow() {
		this.following = new JobTail(this.store, this.time, Duration.ofSeconds(5)).follow(this.job.id(), null)
			.subscribe((signal) -> this.seen.add((signal instanceof TailSignal.Next next)
					? next.event().event().message() : signal.getClass().getSimpleName()));
		this.time.advanceTime();
	}

	private void append(String... messages) {
		append(AppendMode.CONTINUE, messages);
	}

	private void replace(String message) {
		this.writer = WriterToken.of(2);
		this.sequence = 0;
		append(AppendMode.REPLACE, message);
	}

	private void append(AppendMode mode, String... messages) {
		List<ProgressEvent> events = Stream.of(messages)
			.map((message) -> ProgressEvent.builder(this.job, JobState.RUNNING, Instant.EPOCH).message(message).build())
			.toList();
		EventBatch batch = new EventBatch(this.job, this.writer, this.sequence + 1, events, mode);
		this.sequence = batch.lastSequence();
		this.store.append(batch).block();
		this.time.advanceTime();
	}

	private final class CountingStore implements LosslessProgressEventStore {

		private final InMemoryProgressEventStore store = InMemoryProgressEventStore.builder()
			.eventsPerJob(2_000)
			.build();

		private final Sinks.Many<Boolean> end = Sinks.many().multicast().directBestEffort();

		private int reads;

		private boolean readable = true;

		private boolean slow;

		private boolean listening = true;

		@Override
		public Mono<AppendResult> append(EventBatch batch) {
			return this.store.append(batch);
		}

		@Override
		public Mono<EventPage> read(JobId job, @Nullable EventId after, int limit) {
			this.reads++;
			if (!this.readable) {
				return Mono.error(new IllegalStateException("out of reach"));
			}
			Mono<EventPage> read = this.store.read(job, after, limit);
			return this.slow ? read.delayElement(Duration.ofMillis(100), LosslessTailTests.this.time) : read;
		}

		@Override
		public Flux<StoreNotice> listen(JobId job) {
			return this.listening ? this.store.listen(job).takeUntilOther(this.end.asFlux())
					: Flux.error(new IllegalStateException("out of reach"));
		}

		@Override
		public Mono<Boolean> delete(JobId job) {
			return this.store.delete(job);
		}

	}

}
