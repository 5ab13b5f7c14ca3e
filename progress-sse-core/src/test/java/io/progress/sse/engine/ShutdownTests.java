package io.progress.sse.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;

import io.progress.sse.JobCancelledException;
import io.progress.sse.JobHandle;
import io.progress.sse.JobSpec;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressTracker;
import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.StoredEvent;
import io.progress.sse.store.memory.InMemoryProgressEventStore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class ShutdownTests {

	private final FaultyStore store = new FaultyStore(InMemoryProgressEventStore.builder().build());

	@Test
	void endsWhatRunsAndSaysWhy() {
		ProgressTracker tracker = tracker(Duration.ofSeconds(5));
		ProgressJob queued = tracker.open(JobSpec.named("queued"));
		ProgressJob running = tracker.open(JobSpec.named("running"));
		running.reporter().report(3, 10);
		ProgressJob done = tracker.open(JobSpec.named("done"));
		done.done();
		tracker.close();
		tracker.close();
		assertThat(last(queued).error().code()).isEqualTo("shutdown");
		assertThat(last(running).state()).isEqualTo(JobState.FAILED);
		assertThat(last(running).progress().completed()).isEqualTo(3);
		assertThat(last(done).state()).isEqualTo(JobState.DONE);
		assertThat(running.ended()).isCompletedWithValue(JobState.FAILED);
	}

	@Test
	void asksJobsToStopAndWaitsForThem() throws Exception {
		ProgressTracker tracker = ProgressTrackerBuilder.forStore(this.store).executor(new JobExecutor(1, 1)).build();
		CountDownLatch begun = new CountDownLatch(1);
		JobHandle running = tracker.start(JobSpec.named("running"), (progress) -> {
			begun.countDown();
			while (true) {
				progress.checkCancelled();
				Thread.onSpinWait();
			}
		});
		begun.await();
		AtomicBoolean worked = new AtomicBoolean();
		JobHandle waiting = tracker.start(JobSpec.named("waiting"), (progress) -> worked.getAndSet(true));
		assertThat(tracker.stop(Duration.ofSeconds(10))).isTrue();
		for (JobHandle job : List.of(running, waiting)) {
			assertThat(last(job).state()).isEqualTo(JobState.FAILED);
			assertThat(last(job).error().code()).isEqualTo("shutdown");
		}
		assertThat(worked).isFalse();
		tracker.close();
	}

	@Test
	void doesNotWaitForJobsThatDoNotLook() {
		ProgressTracker tracker = tracker(Duration.ofSeconds(5));
		ProgressJob job = tracker.open(JobSpec.named("test"));
		assertThat(tracker.stop(Duration.ofMillis(1))).isFalse();
		assertThat(job.state()).isEqualTo(JobState.QUEUED);
		tracker.close();
		assertThat(last(job).error().code()).isEqualTo("shutdown");
		assertThatExceptionOfType(JobCancelledException.class).isThrownBy(job.reporter()::checkCancelled);
	}

	@Test
	void leavesAJobCancelledThatAUserHasCancelled() {
		ProgressTracker tracker = tracker(Duration.ofSeconds(5));
		ProgressJob job = tracker.open(JobSpec.named("test"));
		job.cancel();
		tracker.stop(Duration.ofMillis(1));
		job.fail(new JobCancelledException(job.id()));
		assertThat(job.state()).isEqualTo(JobState.CANCELLED);
		tracker.close();
	}

	@Test
	void waitsForTheStore() {
		ProgressTracker tracker = tracker(Duration.ofMinutes(1));
		ProgressJob job = tracker.open(JobSpec.named("test"));
		this.store.usually(FaultyStore.OUT_OF_REACH);
		CompletableFuture<Void> closed = CompletableFuture.runAsync(tracker::close);
		await().until(() -> this.store.tries.size() > 2);
		assertThat(closed).isNotDone();
		this.store.usually(FaultyStore.NONE);
		assertThat(closed).succeedsWithin(Duration.ofSeconds(10));
		assertThat(last(job).error().code()).isEqualTo("shutdown");
	}

	@Test
	void doesNotWaitForEver() {
		ProgressTracker tracker = tracker(Duration.ofMillis(50));
		this.store.usually(FaultyStore.SILENCE);
		ProgressJob job = tracker.open(JobSpec.named("test"));
		tracker.close();
		assertThat(job.state()).isEqualTo(JobState.FAILED);
		assertThat(tracker.stats().waitingEvents()).isZero();
	}

	@Test
	void leavesWorkThatStartsLaterAlone() throws Exception {
		ProgressTracker tracker = tracker(Duration.ofSeconds(5));
		tracker.close();
		assertThat(tracker.<String>run(JobSpec.named("late"), (progress) -> {
			progress.phase("alone");
			progress.advance();
			return "result";
		})).isEqualTo("result");
		assertThat(tracker.stats().runningJobs()).isZero();
	}

	@Test
	void doesNotInterruptWork() throws Exception {
		ProgressTracker tracker = tracker(Duration.ofSeconds(5));
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch goOn = new CountDownLatch(1);
		CompletableFuture<String> work = tracker.submit(JobSpec.named("test"), (progress) -> {
			begun.countDown();
			goOn.await();
			progress.advance();
			return "result";
		});
		begun.await();
		tracker.close();
		goOn.countDown();
		assertThat(work).succeedsWithin(Duration.ofSeconds(5)).isEqualTo("result");
	}

	private ProgressTracker tracker(Duration flushTimeout) {
		return ProgressTrackerBuilder.forStore(this.store).flushTimeout(flushTimeout).build();
	}

	private ProgressEvent last(JobHandle job) {
		StoredEvent latest = this.store.read(job.id(), null, 0).block(Duration.ofSeconds(5)).latest();
		return latest.event();
	}

}
