package io.progress.sse.engine;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.progress.sse.DuplicateJobException;
import io.progress.sse.DuplicateJobs;
import io.progress.sse.JobHandle;
import io.progress.sse.JobSpec;
import io.progress.sse.ProgressReporter;
import io.progress.sse.ProgressTask;
import io.progress.sse.ProgressTracker;
import io.progress.sse.RequestContext;
import io.progress.sse.Scope;
import io.progress.sse.TooManyJobsException;
import io.progress.sse.event.JobId;
import io.progress.sse.event.JobState;
import io.progress.sse.store.memory.InMemoryProgressEventStore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class TaskTests {

	private static final JobSpec SPEC = JobSpec.named("test");

	private final Queue<Runnable> waiting = new ArrayDeque<>();

	@RegisterExtension
	final TestTracker test = new TestTracker((settings) -> settings.executor(this.waiting::add));

	@Nested
	class ATaskOnThisThread {

		@Test
		void givesBackWhatItMakes() throws Exception {
			AtomicReference<ProgressReporter> used = new AtomicReference<>();
			assertThat(test.tracker.<String>run(SPEC, (progress) -> {
				used.set(progress);
				assertThat(ProgressReporter.current()).isSameAs(progress);
				return "result";
			})).isEqualTo("result");
			assertThat(ProgressReporter.current()).isSameAs(ProgressReporter.noop());
			assertThat(used.get().isActive()).isFalse();
		}

		@Test
		void throwsWhatItThrows() {
			IOException expected = new IOException("expected");
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> test.tracker.run(SPEC, (progress) -> {
				throw expected;
			})).isSameAs(expected);
			assertThat(ProgressReporter.current()).isSameAs(ProgressReporter.noop());
		}

		@Test
		void endsAlsoByAnError() {
			AtomicReference<JobHandle> job = new AtomicReference<>();
			assertThatExceptionOfType(StackOverflowError.class).isThrownBy(() -> test.tracker.run(SPEC, (progress) -> {
				job.set(test.tracker.find(progress.jobId().orElseThrow()).orElseThrow());
				throw new StackOverflowError();
			}));
			assertThat(job.get().state()).isEqualTo(JobState.FAILED);
		}

	}

	@Nested
	class ATaskThatIsStarted {

		@Test
		void isQueuedUntilAThreadTakesIt() {
			JobHandle job = test.tracker.start(SPEC, (progress) -> null);
			assertThat(job.state()).isEqualTo(JobState.QUEUED);
			waiting.remove().run();
			assertThat(job.ended()).isCompletedWithValue(JobState.DONE);
		}

		@Test
		void keepsItsExceptionToItself() {
			JobHandle job = test.tracker.start(SPEC, (progress) -> {
				throw new IOException("expected");
			});
			waiting.remove().run();
			assertThat(job.ended()).isCompletedWithValue(JobState.FAILED);
		}

		@Test
		void leavesItsThreadInterruptedIfItWas() {
			test.tracker.start(SPEC, (progress) -> {
				throw new InterruptedException();
			});
			waiting.remove().run();
			assertThat(Thread.interrupted()).isTrue();
		}

		@Test
		void failsIfTheExecutorRefusesIt() {
			Executor full = (task) -> {
				throw new RejectedExecutionException("expected");
			};
			AtomicReference<JobHandle> job = new AtomicReference<>();
			RequestContext request = new RequestContext(null, null, job::set);
			Scope scope = request.activate();
			assertThatExceptionOfType(RejectedExecutionException.class)
				.isThrownBy(() -> test.tracker.start(SPEC, (progress) -> null, full));
			scope.close();
			assertThat(test.last(job.get()).state()).isEqualTo(JobState.FAILED);
			assertThat(test.last(job.get()).error().code()).isEqualTo("rejected");
			assertThat(test.tracker.stats().runningJobs()).isZero();
		}

		@Test
		void runsOnTheTrackersOwnThreadsIfThereAreNoOthers() throws Exception {
			try (ProgressTracker own = ProgressTrackerBuilder.forStore(InMemoryProgressEventStore.builder().build())
				.build()) {
				CountDownLatch together = new CountDownLatch(2);
				ProgressTask<Thread> task = (progress) -> {
					together.countDown();
					together.await();
					return Thread.currentThread();
				};
				CompletableFuture<Thread> one = own.submit(SPEC, task);
				CompletableFuture<Thread> two = own.submit(SPEC, task);
				assertThat(one.get()).isNotSameAs(two.get()).matches(Thread::isDaemon);
			}
		}

	}

	@Nested
	class ATaskThatFindsNoPlace {

		private final JobExecutor executor = new JobExecutor(1, 1);

		private final CountDownLatch goOn = new CountDownLatch(1);

		private final InMemoryProgressEventStore store = InMemoryProgressEventStore.builder().build();

		private final ProgressTracker tracker = ProgressTrackerBuilder.forStore(this.store)
			.executor(this.executor)
			.build();

		@AfterEach
		void close() throws InterruptedException {
			this.goOn.countDown();
			assertThat(this.executor.awaitIdle(Duration.ofSeconds(5))).isTrue();
			this.tracker.close();
			this.executor.close();
		}

		@Test
		void isRefusedAndIsNoJob() {
			JobHandle running = start(SPEC);
			await().until(() -> running.state() == JobState.RUNNING);
			JobHandle waiting = start(SPEC);
			assertThat(waiting.state()).isEqualTo(JobState.QUEUED);
			assertThatExceptionOfType(TooManyJobsException.class).isThrownBy(() -> start(SPEC))
				.withMessageContaining("'threads' is 1")
				.withMessageContaining("'queueCapacity' is 1");
			assertThatExceptionOfType(TooManyJobsException.class)
				.isThrownBy(() -> this.tracker.submit(SPEC, (progress) -> null));
			assertThat(this.store.jobs()).isEqualTo(2);
			assertThat(this.executor.active()).isEqualTo(1);
			assertThat(this.executor.queued()).isEqualTo(1);
			assertThat(this.executor.refused()).isEqualTo(2);
		}

		@Test
		void joinsAJobAllTheSame() {
			JobSpec join = SPEC.withId(JobId.of("join")).onDuplicate(DuplicateJobs.JOIN);
			JobHandle first = start(join);
			start(SPEC);
			assertThat(start(join)).isSameAs(first);
		}

		@Test
		void isNotHeldUpByOneThatWasRefusedForItsId() {
			JobSpec chosen = SPEC.withId(JobId.of("taken"));
			start(chosen);
			for (int i = 0; i < 10; i++) {
				assertThatExceptionOfType(DuplicateJobException.class).isThrownBy(() -> start(chosen));
			}
			assertThat(start(SPEC).state()).isEqualTo(JobState.QUEUED);
		}

		private JobHandle start(JobSpec spec) {
			return this.tracker.start(spec, (progress) -> {
				this.goOn.await();
				return null;
			});
		}

	}

	@Nested
	class ATaskThatIsSubmitted {

		@Test
		void completesAfterItsJob() {
			AtomicReference<JobHandle> job = new AtomicReference<>();
			CompletableFuture<JobState> state = test.tracker.submit(SPEC, (progress) -> {
				job.set(test.tracker.find(progress.jobId().orElseThrow()).orElseThrow());
				return "result";
			}).thenApply((result) -> job.get().state());
			waiting.remove().run();
			assertThat(state).isCompletedWithValue(JobState.DONE);
		}

		@Test
		void failsAsItsWorkDoes() {
			CompletableFuture<Object> result = test.tracker.submit(SPEC, (progress) -> {
				throw new IOException("expected");
			});
			waiting.remove().run();
			assertThat(result).isCompletedExceptionally()
				.failsWithin(Duration.ZERO)
				.withThrowableThat()
				.withCauseInstanceOf(IOException.class);
		}

		@Test
		void isAskedToStopWhenItIsCancelled() {
			CompletableFuture<Object> result = test.tracker.submit(SPEC, (progress) -> {
				throw new AssertionError("must not run");
			});
			result.cancel(true);
			waiting.remove().run();
			assertThat(test.tracker.stats().runningJobs()).isZero();
		}

	}

}
