package io.progress.sse.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

import io.progress.sse.DuplicateJobException;
import io.progress.sse.DuplicateJobs;
import io.progress.sse.JobHandle;
import io.progress.sse.JobSpec;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressTracker;
import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.AppendMode;
import io.progress.sse.store.EventBatch;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.WriterToken;
import io.progress.sse.tail.LeasedStore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Two trackers, as in two processes, with one store.
 */
class RemoteJobsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private static final int JOBS = 1_000;

	private static final JobSpec JOIN = JobSpec.named("export")
		.withId(JobId.of("export-1"))
		.withOwner("ada")
		.onDuplicate(DuplicateJobs.JOIN);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final LeasedStore store = new LeasedStore(this.time);

	/** Starts later than the other one. */
	private final ProgressTracker here = ProgressTrackerBuilder.forStore(this.store)
		.scheduler(this.time)
		.clock(Clock.offset(Clock.systemUTC(), Duration.ofSeconds(1)))
		.build();

	private final ProgressTracker there = ProgressTrackerBuilder.forStore(this.store).scheduler(this.time).build();

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
	void canCancelAJobAfterTheStoreHasFailedToTellOfCancels() {
		this.store.failToTellOfCancels();
		ProgressJob job = this.there.open(JobSpec.named("export"));
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> this.here.requestCancel(job.id()).block(PATIENCE) && job.reporter().isCancelled());
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
	void goesOnAskingForACancelThatTheStoreRefusesForAMoment() {
		ProgressJob job = this.there.open(JOIN);
		JobHandle joined = this.here.start(JOIN, (progress) -> null);
		this.store.refuse(2);
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
	void runsTheWorkOfAJobWhoseWorkerIsOverdue() {
		this.there.open(JOIN).begin();
		this.store.expire();
		JobHandle job = this.here.start(JOIN, (progress) -> "result", Runnable::run);
		assertThat(job.ended().toCompletableFuture()).succeedsWithin(PATIENCE).isEqualTo(JobState.DONE);
		EventPage page = this.store.read(job.id(), null, 0).block(PATIENCE);
		assertThat(page.latest().event().state()).isEqualTo(JobState.DONE);
	}

	@Test
	void learnsThatTheWorkerOfAJobItHasJoinedIsLost() {
		this.there.open(JOIN);
		JobHandle joined = this.here.start(JOIN, (progress) -> null);
		CompletableFuture<JobState> ended = joined.ended().toCompletableFuture();
		JobInfo info = this.store.read(joined.id(), null, 0).block(PATIENCE).job();
		ProgressEvent lost = ProgressEvent.builder(info, JobState.LOST, Instant.EPOCH).build();
		WriterToken later = WriterToken.of(Long.MAX_VALUE);
		this.store.append(new EventBatch(info, later, 1, List.of(lost), AppendMode.CONTINUE)).block(PATIENCE);
		assertThat(ended).succeedsWithin(PATIENCE).isEqualTo(JobState.LOST);
	}

	@Test
	void hearsOfAllCancelsThoughAnActionFailsAndAnotherIsSlow() throws InterruptedException {
		CountDownLatch goOn = new CountDownLatch(1);
		CountDownLatch called = new CountDownLatch(JOBS);
		List<ProgressJob> jobs = new ArrayList<>();
		for (int i = 0; i < JOBS; i++) {
			int number = i;
			ProgressJob job = this.there.open(JobSpec.named("export"));
			job.reporter().onCancel(() -> {
				called.countDown();
				assertThat(number).isNotZero();
				if (number == 1) {
					assertThatCode(goOn::await).doesNotThrowAnyException();
				}
			});
			jobs.add(job);
		}
		for (ProgressJob job : jobs) {
			assertThat(this.here.requestCancel(job.id()).block(PATIENCE)).isTrue();
			assertThat(job.reporter().isCancelled()).isTrue();
		}
		assertThat(called.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
		goOn.countDown();
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
