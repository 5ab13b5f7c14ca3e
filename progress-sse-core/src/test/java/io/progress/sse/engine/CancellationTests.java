package io.progress.sse.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.scheduler.Schedulers;

import io.progress.sse.JobCancelledException;
import io.progress.sse.JobHandle;
import io.progress.sse.JobSpec;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressReporter;
import io.progress.sse.ProgressTracker;
import io.progress.sse.event.JobId;
import io.progress.sse.event.JobState;
import io.progress.sse.event.Note;
import io.progress.sse.event.ProgressEvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CancellationTests {

	private final List<Runnable> waiting = new ArrayList<>();

	@RegisterExtension
	final TestTracker test = new TestTracker((settings) -> settings.executor(this.waiting::add));

	@Nested
	class ARequest {

		@Test
		void endsTheJobWhenTheWorkerLooks() {
			ProgressJob job = test.running();
			assertThat(job.cancel()).isTrue();
			assertThat(job.state()).isEqualTo(JobState.RUNNING);
			assertThatExceptionOfType(JobCancelledException.class).isThrownBy(job.reporter()::checkCancelled)
				.satisfies(job::fail);
			assertThat(test.last(job).state()).isEqualTo(JobState.CANCELLED);
			assertThat(test.last(job).error()).isNull();
		}

		@Test
		void isSeenWhereTheShapeOfTheWorkChanges() {
			ProgressReporter progress = cancelled().reporter();
			assertThat(progress.isCancelled()).isTrue();
			assertThatExceptionOfType(JobCancelledException.class).isThrownBy(() -> progress.phase("x"));
			assertThatExceptionOfType(JobCancelledException.class).isThrownBy(() -> progress.split(1));
			assertThatExceptionOfType(JobCancelledException.class).isThrownBy(() -> progress.split(1, "x"));
		}

		@Test
		void isNotSeenWhereALoopCounts() {
			ProgressReporter progress = cancelled().reporter();
			assertThatCode(() -> {
				progress.advance();
				progress.report(1, 2);
				progress.fraction(0.5);
				progress.total(3);
				progress.message("x");
				progress.message(() -> "x");
				progress.note(Note.Level.INFO, "x");
				progress.data("x", 1);
				progress.batch(1).succeeded();
			}).doesNotThrowAnyException();
		}

		@Test
		void isFoundByTheId() {
			ProgressJob job = test.running();
			assertThat(test.tracker.cancel(job.id())).isTrue();
			assertThat(job.reporter().isCancelled()).isTrue();
			assertThat(test.tracker.cancel(JobId.of("unknown"))).isFalse();
		}

		@Test
		void doesNotUndoWorkThatFinishes() {
			ProgressJob job = cancelled();
			job.done();
			assertThat(test.last(job).state()).isEqualTo(JobState.DONE);
		}

		@Test
		void turnsAnInterruptOrAStoppedFutureIntoAnEnd() {
			ProgressJob interrupted = cancelled();
			interrupted.fail(new InterruptedException());
			assertThat(interrupted.state()).isEqualTo(JobState.CANCELLED);
			ProgressJob stopped = cancelled();
			stopped.fail(new CancellationException());
			assertThat(stopped.state()).isEqualTo(JobState.CANCELLED);
		}

		@Test
		void isWhatAnInterruptNeedsToBeNoFailure() {
			ProgressJob job = test.running();
			job.fail(new InterruptedException());
			assertThat(test.last(job).state()).isEqualTo(JobState.FAILED);
			assertThat(test.last(job).error().code()).isEqualTo("interrupted");
		}

	}

	@Nested
	class AQueuedJob {

		@Test
		void neverRunsIfItIsCancelledBefore() {
			AtomicInteger runs = new AtomicInteger();
			JobHandle job = test.tracker.start(JobSpec.named("test"), (progress) -> runs.incrementAndGet());
			job.cancel();
			waiting.forEach(Runnable::run);
			assertThat(runs).hasValue(0);
			assertThat(test.events(job)).extracting(ProgressEvent::state)
				.containsExactly(JobState.QUEUED, JobState.CANCELLED);
		}

	}

	@Nested
	class AnAction {

		private final AtomicInteger calls = new AtomicInteger();

		@Test
		void isCalledOnceOnRequest() {
			ProgressJob job = test.running();
			job.reporter().onCancel(this.calls::incrementAndGet);
			assertThat(this.calls).hasValue(0);
			job.cancel();
			job.cancel();
			assertThat(this.calls).hasValue(1);
		}

		@Test
		void isCalledAtOnceIfItComesLater() {
			cancelled().reporter().onCancel(this.calls::incrementAndGet);
			assertThat(this.calls).hasValue(1);
		}

		@Test
		void isNotCalledOnceItWasTakenBack() throws Exception {
			ProgressJob job = test.running();
			job.reporter().onCancel(this.calls::incrementAndGet).close();
			job.cancel();
			assertThat(this.calls).hasValue(0);
		}

		@Test
		void isNotCalledOnTheThreadThatAsks() throws Exception {
			try (ProgressTracker tracker = ProgressTrackerBuilder.forStore(test.store).build()) {
				ProgressJob job = tracker.open(JobSpec.named("test"));
				CompletableFuture<Thread> caller = new CompletableFuture<>();
				job.reporter().onCancel(() -> caller.complete(Thread.currentThread()));
				tracker.cancel(job.id());
				assertThat(caller.get(5, TimeUnit.SECONDS)).isNotSameAs(Thread.currentThread());
			}
		}

		@Test
		void isCalledAlsoIfTheExecutorRefusesIt() {
			ProgressTracker tracker = ProgressTrackerBuilder.forStore(test.store).cancelExecutor((action) -> {
				throw new RejectedExecutionException("expected");
			}).build();
			ProgressJob job = tracker.open(JobSpec.named("test"));
			job.reporter().onCancel(this.calls::incrementAndGet);
			job.cancel();
			assertThat(this.calls).hasValue(1);
			tracker.close();
		}

		@Test
		void isCalledLaterIfTheExecutorRefusesItAndTheOneWhoAsksMustNotBlock() throws Exception {
			AtomicInteger refusals = new AtomicInteger();
			ProgressTracker tracker = ProgressTrackerBuilder.forStore(test.store).cancelExecutor((action) -> {
				if (refusals.incrementAndGet() < 3) {
					throw new RejectedExecutionException("expected");
				}
				new Thread(action, "executor").start();
			}).build();
			ProgressJob job = tracker.open(JobSpec.named("test"));
			CompletableFuture<String> caller = new CompletableFuture<>();
			job.reporter().onCancel(() -> caller.complete(Thread.currentThread().getName()));
			Schedulers.parallel().schedule(job::cancel);
			assertThat(caller.get(5, TimeUnit.SECONDS)).isEqualTo("executor");
			tracker.close();
		}

		@Test
		void doesNotKeepOthersFromBeingCalled() {
			ProgressJob job = test.running();
			job.reporter().onCancel(() -> {
				throw new IllegalStateException("expected");
			});
			job.reporter().onCancel(this.calls::incrementAndGet);
			assertThat(job.cancel()).isTrue();
			assertThat(this.calls).hasValue(1);
		}

	}

	private ProgressJob cancelled() {
		ProgressJob job = this.test.running();
		job.cancel();
		return job;
	}

}
