package io.progress.sse.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

import io.progress.sse.JobSpec;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressTracker;
import io.progress.sse.event.EventKind;
import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.AppendMode;
import io.progress.sse.store.AppendResult;
import io.progress.sse.store.EventBatch;
import io.progress.sse.store.EventId;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.LeasedProgressEventStore;
import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.store.StoreNotice;
import io.progress.sse.store.StoredEvent;
import io.progress.sse.store.WriterToken;
import io.progress.sse.store.memory.InMemoryProgressEventStore;

import static org.assertj.core.api.Assertions.assertThat;

class HeartbeatTests {

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final LeasedStore store = new LeasedStore();

	private final ProgressTracker tracker = ProgressTrackerBuilder.forStore(this.store)
		.scheduler(this.time)
		.unwatchedInterval(Duration.ofMillis(250))
		.flushTimeout(Duration.ZERO)
		.build();

	private final ProgressJob job = this.tracker.open(JobSpec.named("test"));

	@AfterEach
	void close() {
		this.tracker.close();
		this.time.dispose();
	}

	@Test
	void comesThreeTimesALeaseFromAJobThatIsSilent() {
		this.time.advanceTimeBy(Duration.ofSeconds(61));
		assertThat(this.store.beats).hasSize(6).containsOnly(this.job.id());
	}

	@Test
	void doesNotComeFromAJobThatSpeaks() {
		for (int i = 0; i < 240; i++) {
			this.job.reporter().advance();
			this.time.advanceTimeBy(Duration.ofMillis(250));
		}
		assertThat(this.store.beats).isEmpty();
	}

	@Test
	void doesNotComeAfterTheEnd() {
		this.job.done();
		this.time.advanceTimeBy(Duration.ofMinutes(1));
		assertThat(this.store.beats).isEmpty();
	}

	@Test
	void thatFailsIsFollowedByTheNext() {
		this.store.answer = Mono.error(new IllegalStateException("out of reach"));
		this.time.advanceTimeBy(Duration.ofSeconds(31));
		assertThat(this.store.beats).hasSize(3);
	}

	@Test
	void findsOutThatTheStoreForgot() {
		this.job.reporter().phase("one");
		this.job.reporter().phase("two");
		this.store.delete(this.job.id()).block(Duration.ofSeconds(5));
		this.store.answer = Mono.just(false);
		this.time.advanceTimeBy(Duration.ofSeconds(11));
		assertThat(milestones()).extracting(ProgressEvent::phase).containsExactly(null, "one", "two");
	}

	@Test
	void thatIsNotBelievedDoublesNothing() {
		this.job.reporter().phase("one");
		this.store.answer = Mono.just(false);
		this.time.advanceTimeBy(Duration.ofSeconds(61));
		assertThat(milestones()).extracting(ProgressEvent::phase).containsExactly(null, "one");
	}

	@Test
	void thatFindsTheJobCalledLostSaysWhereItStands() {
		this.job.begin();
		this.job.reporter().message("querying");
		this.time.advanceTimeBy(Duration.ofSeconds(1));
		this.store.lose(this.job.id());
		assertThat(latest().state()).isEqualTo(JobState.LOST);
		this.time.advanceTimeBy(Duration.ofSeconds(10));
		assertThat(latest().state()).isEqualTo(JobState.RUNNING);
		assertThat(latest().kind()).isEqualTo(EventKind.TICK);
		assertThat(latest().message()).isEqualTo("querying");
	}

	@Test
	void thatIsAnsweredAfterTheEndSaysNothingMore() {
		Sinks.One<Boolean> answer = Sinks.one();
		this.store.answer = answer.asMono();
		this.time.advanceTimeBy(Duration.ofSeconds(11));
		this.job.done();
		answer.tryEmitValue(false);
		this.time.advanceTimeBy(Duration.ofSeconds(1));
		assertThat(latest().state()).isEqualTo(JobState.DONE);
	}

	private ProgressEvent latest() {
		return this.store.read(this.job.id(), null, 0).block(Duration.ofSeconds(5)).latest().event();
	}

	private List<ProgressEvent> milestones() {
		return this.store.read(this.job.id(), null, 10)
			.block(Duration.ofSeconds(5))
			.events()
			.stream()
			.map(StoredEvent::event)
			.filter((event) -> event.kind() == EventKind.MILESTONE)
			.toList();
	}

	private static final class LeasedStore implements LeasedProgressEventStore {

		private final ProgressEventStore store = InMemoryProgressEventStore.builder().build();

		final List<JobId> beats = new CopyOnWriteArrayList<>();

		Mono<Boolean> answer = Mono.just(true);

		/** Says that it was called lost for as long as nothing is appended. */
		private @Nullable ProgressEvent lost;

		void lose(JobId job) {
			EventPage page = this.store.read(job, null, 0).block();
			this.lost = ProgressEvent.builder(page.job(), JobState.LOST, Instant.EPOCH).build();
		}

		@Override
		public Duration lease() {
			return Duration.ofSeconds(30);
		}

		@Override
		public Mono<Boolean> beat(JobInfo job, WriterToken writer) {
			return Mono.defer(() -> {
				this.beats.add(job.id());
				return (this.lost != null) ? Mono.just(false) : this.answer;
			});
		}

		@Override
		public Mono<Boolean> markLost(JobId job, Duration grace, ProgressEvent lost) {
			return Mono.just(false);
		}

		@Override
		public Mono<AppendResult> append(EventBatch batch) {
			return this.store.append(batch).doOnNext((result) -> {
				if (batch.mode() != AppendMode.RESTORE) {
					this.lost = null;
				}
			});
		}

		@Override
		public Mono<EventPage> read(JobId job, @Nullable EventId after, int limit) {
			return this.store.read(job, after, limit)
				.map((page) -> (this.lost == null) ? page : new EventPage(page.job(), page.stale(), page.events(),
						page.earliest(), new StoredEvent(page.latest().id(), this.lost), page.lease()));
		}

		@Override
		public Flux<StoreNotice> listen(JobId job) {
			return this.store.listen(job);
		}

		@Override
		public Mono<Boolean> delete(JobId job) {
			return this.store.delete(job);
		}

	}

}
