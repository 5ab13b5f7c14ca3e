package io.progress.sse;

import java.time.Clock;
import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobState;
import io.progress.sse.store.LeasedStore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Two trackers, as in two processes, with one store.
 */
class OtherNodeTests {

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private static final JobSpec JOIN = JobSpec.named("export")
		.withId(JobId.of("export-1"))
		.withOwner("ada")
		.onDuplicate(DuplicateJobs.JOIN);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final LeasedStore store = new LeasedStore(this.time);

	/** Starts later than the other one. */
	private final ProgressTracker here = ProgressTracker.builder(this.store)
		.scheduler(this.time)
		.clock(Clock.offset(Clock.systemUTC(), Duration.ofSeconds(1)))
		.build();

	private final ProgressTracker there = ProgressTracker.builder(this.store).scheduler(this.time).build();

	@AfterEach
	void close() {
		this.here.close();
		this.there.close();
		this.time.dispose();
	}

	@Test
	void canCancelAJob() {
		ProgressJob job = this.there.open(JobSpec.named("export"));
		assertThat(this.here.requestCancel(job.id()).block(PATIENCE)).isTrue();
		Awaitility.await().atMost(PATIENCE).until(() -> job.reporter().isCancelled());
	}

	@Test
	void canJoinAJob() {
		ProgressJob job = this.there.open(JOIN);
		job.begin();
		JobHandle joined = this.here.start(JOIN, (progress) -> {
			throw new AssertionError("must not run twice");
		});
		assertThat(joined.id()).isEqualTo(job.id());
		assertThat(joined.name()).isEqualTo("export");
		assertThat(joined.state()).isEqualTo(JobState.RUNNING);
		assertThat(joined.cancel()).isTrue();
		Awaitility.await().atMost(PATIENCE).until(() -> job.reporter().isCancelled());
	}

	@Test
	void learnsOfTheEndOfAJobItHasJoined() {
		ProgressJob job = this.there.open(JOIN);
		JobHandle joined = this.here.start(JOIN, (progress) -> null);
		job.done();
		assertThat(joined.ended().toCompletableFuture()).succeedsWithin(PATIENCE).isEqualTo(JobState.DONE);
		assertThat(joined.cancel()).isFalse();
	}

	@Test
	void cannotJoinTheJobOfAnother() {
		this.there.open(JOIN);
		assertThatExceptionOfType(DuplicateJobException.class)
			.isThrownBy(() -> this.here.start(JOIN.withOwner("eve"), (progress) -> null));
	}

	@Test
	void cannotJoinAJobThatHasEnded() {
		this.there.open(JOIN).done();
		assertThatExceptionOfType(DuplicateJobException.class)
			.isThrownBy(() -> this.here.start(JOIN, (progress) -> null));
	}

	@Test
	void canReplaceAJobOnlyOnceItsWorkerIsOverdue() {
		this.there.open(JOIN);
		JobSpec replace = JOIN.onDuplicate(DuplicateJobs.REPLACE);
		assertThatExceptionOfType(DuplicateJobException.class).isThrownBy(() -> this.here.open(replace));
		this.store.expire();
		assertThat(this.here.open(replace).state()).isEqualTo(JobState.QUEUED);
	}

}
