package io.progress.sse.test;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobState;
import io.progress.sse.store.AppendMode;
import io.progress.sse.store.AppendResult.Status;
import io.progress.sse.store.EventId;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.store.StoreFullException;
import io.progress.sse.store.StoreNotice;
import io.progress.sse.store.memory.InMemoryProgressEventStore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class InMemoryProgressEventStoreTests extends ProgressEventStoreContract {

	private final MutableClock clock = new MutableClock();

	@Override
	protected ProgressEventStore createStore(int eventsPerJob, Duration eventRetention, Duration resultRetention) {
		return InMemoryProgressEventStore.builder()
			.clock(this.clock)
			.eventsPerJob(eventsPerJob)
			.eventRetention(eventRetention)
			.resultRetention(resultRetention)
			.build();
	}

	@Override
	protected void passTime(Duration duration) {
		this.clock.advance(duration);
	}

	@Override
	protected boolean setClockBack(Duration duration) {
		this.clock.advance(duration.negated());
		return true;
	}

	@Test
	void takesItsIdsFromItsClock() {
		InMemoryProgressEventStore store = store(10);
		EventId id = writer(store, "a").append("1").latest();
		assertThat(id).isEqualTo(new EventId(this.clock.millis(), 1));
	}

	@Test
	void forgetsJobsInTimeThoughTheClockWasSetForwardAndBack() {
		InMemoryProgressEventStore store = InMemoryProgressEventStore.builder()
			.clock(this.clock)
			.eventRetention(Duration.ofMinutes(1))
			.resultRetention(Duration.ofMinutes(2))
			.build();
		this.clock.advance(Duration.ofHours(1));
		writer(store, "first").end(JobState.DONE);
		this.clock.advance(Duration.ofHours(-1));
		writer(store, "second").end(JobState.DONE);
		assertThat(store.jobs()).isEqualTo(2);
		this.clock.advance(Duration.ofMinutes(2));
		assertThat(store.jobs()).isZero();
	}

	@Test
	void makesRoomByTheJobThatEndedLongestAgo() {
		InMemoryProgressEventStore store = store(3);
		TestJob running = writer(store, "running");
		running.append("1");
		TestJob endedSecond = writer(store, "ended-second");
		endedSecond.append("1");
		writer(store, "ended-first").end(JobState.DONE);
		endedSecond.end(JobState.FAILED);
		writer(store, "new").append("1");
		assertThat(holds(store, "ended-first")).isFalse();
		writer(store, "newer").append("1");
		assertThat(holds(store, "ended-second")).isFalse();
		assertThat(holds(store, "running")).isTrue();
		assertThat(store.jobs()).isEqualTo(3);
		assertThat(store.evictions()).isEqualTo(2);
	}

	@Test
	void refusesANewJobWhenNoneHasEndedAndTakesItOnceOneHas() {
		InMemoryProgressEventStore store = store(2);
		TestJob first = writer(store, "first");
		first.append("1");
		writer(store, "second").append("1");
		TestJob third = writer(store, "third");
		assertThatExceptionOfType(StoreFullException.class)
			.isThrownBy(() -> third.appendFrom(1, AppendMode.CREATE, "1"))
			.withMessage("'maxJobs' must be more than the number of jobs that have not ended, but is 2;"
					+ " a new job was not stored");
		assertThat(first.append("2").status()).isEqualTo(Status.STORED);
		first.end(JobState.DONE);
		assertThat(third.appendFrom(1, AppendMode.CREATE, "1").status()).isEqualTo(Status.STORED);
		assertThat(store.jobs()).isEqualTo(2);
	}

	@Test
	void takesNoPlaceForARefusedBatch() {
		InMemoryProgressEventStore store = store(1);
		assertThat(writer(store, "a").appendFrom(5, AppendMode.CONTINUE, "e").status()).isEqualTo(Status.MISSING);
		assertThat(store.jobs()).isZero();
	}

	@Test
	void countsNoJobTwiceThatIsReplacedDeletedOrOver() {
		InMemoryProgressEventStore store = store(10);
		writer(store, "replaced").end(JobState.DONE);
		new TestJob(store, JobId.of("replaced"), 2).append(AppendMode.REPLACE, "1");
		writer(store, "deleted").end(JobState.DONE);
		store.delete(JobId.of("deleted")).block();
		writer(store, "over").end(JobState.DONE);
		assertThat(store.jobs()).isEqualTo(2);
		this.clock.advance(Duration.ofHours(25));
		assertThat(store.jobs()).isEqualTo(1);
		assertThat(store.evictions()).isZero();
	}

	@Test
	void doesNotEvictAJobThatWasReplacedAfterItsEnd() {
		InMemoryProgressEventStore store = store(2);
		writer(store, "replaced").end(JobState.DONE);
		new TestJob(store, JobId.of("replaced"), 2).append(AppendMode.REPLACE, "1");
		writer(store, "ended").end(JobState.DONE);
		writer(store, "new").append("1");
		assertThat(holds(store, "replaced")).isTrue();
		assertThat(holds(store, "ended")).isFalse();
	}

	@Test
	void givesNoIdASecondTimeAlsoWhenTheClockStandsStill() {
		InMemoryProgressEventStore store = store(10);
		EventId old = writer(store, "a").append("1").latest();
		store.delete(JobId.of("a")).block();
		writer(store, "a").append("1");
		assertThat(store.read(JobId.of("a"), old, 1).map(EventPage::stale).block()).isTrue();
	}

	@Test
	void isAnotherLifeAfterARestart() {
		EventId old = writer(store(10), "a").append("1").latest();
		this.clock.advance(Duration.ofSeconds(1));
		InMemoryProgressEventStore restarted = store(10);
		writer(restarted, "a").append("1", "2");
		assertThat(restarted.read(JobId.of("a"), old, 1).map(EventPage::stale).block()).isTrue();
	}

	@Test
	void cutsOffOnlyTheListenerThatThrows() {
		InMemoryProgressEventStore store = store(10);
		TestJob writer = writer(store, "a");
		try (NoticeLog<StoreNotice> before = new NoticeLog<>(store.listen(writer.id()))) {
			store.listen(writer.id()).subscribe(new ThrowingSubscriber());
			try (NoticeLog<StoreNotice> after = new NoticeLog<>(store.listen(writer.id()))) {
				assertThat(writer.append("1").status()).isEqualTo(Status.STORED);
				assertThat(writer.append("2").status()).isEqualTo(Status.STORED);
				for (NoticeLog<StoreNotice> log : List.of(before, after)) {
					assertThat(log.next()).hasToString("Ready[]");
					assertThat(log.next()).asString().contains("message=1");
					assertThat(log.next()).asString().contains("message=2");
				}
			}
		}
	}

	@Test
	void isUnwatchedOnceTheListenersHaveGone() {
		InMemoryProgressEventStore store = store(10);
		TestJob writer = writer(store, "a");
		assertThat(writer.append("1").watched()).isFalse();
		try (NoticeLog<StoreNotice> notices = new NoticeLog<>(store.listen(writer.id()))) {
			assertThat(writer.append("2").watched()).isTrue();
			assertThat(notices.next()).isNotNull();
		}
		assertThat(writer.append("3").watched()).isFalse();
	}

	@Test
	void refusesImpossibleLimits() {
		InMemoryProgressEventStore.Builder builder = InMemoryProgressEventStore.builder();
		assertThatIllegalArgumentException().isThrownBy(() -> builder.maxJobs(0))
			.withMessage("'maxJobs' must be at least 1, but is 0");
		assertThatIllegalArgumentException().isThrownBy(() -> builder.eventsPerJob(0))
			.withMessage("'eventsPerJob' must be at least 1, but is 0");
		assertThatIllegalArgumentException().isThrownBy(() -> builder.eventRetention(Duration.ofMillis(-1)))
			.withMessage("'eventRetention' must be at least 0ms, but is -1ms");
		assertThatIllegalArgumentException().isThrownBy(() -> builder.resultRetention(Duration.ofMillis(-1)))
			.withMessage("'resultRetention' must be at least 0ms, but is -1ms");
	}

	private InMemoryProgressEventStore store(int maxJobs) {
		return InMemoryProgressEventStore.builder().clock(this.clock).maxJobs(maxJobs).build();
	}

	private static TestJob writer(ProgressEventStore store, String job) {
		return new TestJob(store, JobId.of(job), 1);
	}

	private static boolean holds(ProgressEventStore store, String job) {
		return store.read(JobId.of(job), null, 0).hasElement().block();
	}

}
