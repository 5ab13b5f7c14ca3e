package io.progress.sse.aop;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;

import io.progress.sse.DuplicateJobs;
import io.progress.sse.JobHandle;
import io.progress.sse.ProgressReporter;
import io.progress.sse.ProgressTracker;
import io.progress.sse.TrackProgress;
import io.progress.sse.event.JobId;
import io.progress.sse.event.JobState;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A tracked method that works on another thread than its caller's.
 */
class AsyncMethodTests {

	private static final String ONE_WORKER = "spring.task.execution.pool.core-size=1";

	private final CountDownLatch release = new CountDownLatch(1);

	private final ApplicationContextRunner application = TrackedApplication.with(Config.class)
		.withBean(CountDownLatch.class, () -> this.release);

	@Test
	void isQueuedUntilAWorkerTakesIt() {
		this.application.withPropertyValues(ONE_WORKER).run((context) -> {
			Work work = context.getBean(Work.class);
			RecordedJobs jobs = context.getBean(RecordedJobs.class);
			work.hold("job-1", ProgressReporter.current());
			work.hold("job-2", ProgressReporter.current());
			JobHandle second = context.getBean(ProgressTracker.class).find(JobId.of("job-2")).orElseThrow();
			assertThat(second.state()).isEqualTo(JobState.QUEUED);
			this.release.countDown();
			assertThat(second.ended().toCompletableFuture().get(5, TimeUnit.SECONDS)).isEqualTo(JobState.DONE);
			assertThat(jobs.started()).hasSize(2);
		});
	}

	@Test
	void failsWhenNoWorkerCanTakeIt() {
		this.application
			.withPropertyValues(ONE_WORKER, "spring.task.execution.pool.max-size=1",
					"spring.task.execution.pool.queue-capacity=0")
			.run((context) -> {
				Work work = context.getBean(Work.class);
				work.hold("job-1", ProgressReporter.current());
				assertThatExceptionOfType(RejectedExecutionException.class)
					.isThrownBy(() -> work.hold("job-2", ProgressReporter.current()));
				assertThat(context.getBean(RecordedJobs.class).end("hold").error().code()).isEqualTo("rejected");
				this.release.countDown();
			});
	}

	@Test
	void endsWhenItsFutureEnds() {
		this.application.run((context) -> {
			assertThat(context.getBean(Work.class).later(ProgressReporter.current()).get(5, TimeUnit.SECONDS))
				.isEqualTo(4);
			assertThat(context.getBean(RecordedJobs.class).end().result()).isEqualTo(4);
		});
	}

	@Test
	void endsWhenItsPlainFutureEnds() {
		this.application.run((context) -> {
			assertThat(context.getBean(Work.class).plain().get(5, TimeUnit.SECONDS)).isEqualTo("done");
			assertThat(context.getBean(RecordedJobs.class).end().state()).isEqualTo(JobState.DONE);
		});
	}

	@Test
	void isCancelledWithItsPlainFutureBeforeAWorkerHasTakenIt() {
		this.application.withPropertyValues(ONE_WORKER).run((context) -> {
			Work work = context.getBean(Work.class);
			work.hold("job-1", ProgressReporter.current());
			work.plain().cancel(true);
			assertThat(context.getBean(RecordedJobs.class).end("Work.plain").state()).isEqualTo(JobState.CANCELLED);
			this.release.countDown();
		});
	}

	@Test
	void isAskedToStopWithItsFutureWhileAWorkerIsOnIt() {
		this.application.run((context) -> {
			CompletableFuture<Integer> future = context.getBean(Work.class).patient(ProgressReporter.current());
			JobHandle job = running(context.getBean(RecordedJobs.class), context.getBean(ProgressTracker.class));
			future.cancel(true);
			assertThat(job.state()).isEqualTo(JobState.RUNNING);
			this.release.countDown();
			assertThat(context.getBean(RecordedJobs.class).end().state()).isEqualTo(JobState.CANCELLED);
		});
	}

	private static JobHandle running(RecordedJobs jobs, ProgressTracker tracker) {
		Awaitility.await().until(() -> jobs.states().contains(JobState.RUNNING));
		return tracker.find(jobs.only().id()).orElseThrow();
	}

	@Test
	void isCancelledWithItsFutureBeforeAWorkerHasTakenIt() {
		this.application.withPropertyValues(ONE_WORKER).run((context) -> {
			Work work = context.getBean(Work.class);
			work.hold("job-1", ProgressReporter.current());
			work.later(ProgressReporter.current()).cancel(true);
			assertThat(context.getBean(RecordedJobs.class).end("Work.later").state()).isEqualTo(JobState.CANCELLED);
			this.release.countDown();
		});
	}

	@Test
	void isNotRunTwiceWhenItMayBeJoined() {
		this.application.run((context) -> {
			Work work = context.getBean(Work.class);
			work.join("job-1", ProgressReporter.current());
			work.join("job-1", ProgressReporter.current());
			this.release.countDown();
			assertThat(context.getBean(RecordedJobs.class).end().state()).isEqualTo(JobState.DONE);
		});
	}

	@Test
	void leavesNoJobOnThePooledThread() {
		this.application.withPropertyValues(ONE_WORKER).run((context) -> {
			this.release.countDown();
			Work work = context.getBean(Work.class);
			work.hold("job-1", ProgressReporter.current());
			assertThat(work.untracked().get(5, TimeUnit.SECONDS)).isFalse();
		});
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAsync
	@Import(Work.class)
	static class Config {

	}

	static class Work {

		private final CountDownLatch release;

		Work(CountDownLatch release) {
			this.release = release;
		}

		@Async
		@TrackProgress(value = "hold", jobId = "#id")
		void hold(String id, ProgressReporter progress) throws InterruptedException {
			this.release.await();
		}

		@Async
		@TrackProgress(jobId = "#id", duplicates = DuplicateJobs.JOIN)
		void join(String id, ProgressReporter progress) throws InterruptedException {
			this.release.await();
		}

		@Async
		@TrackProgress(exposeResult = true)
		CompletableFuture<Integer> later(ProgressReporter progress) {
			return CompletableFuture.supplyAsync(() -> 4);
		}

		@Async
		@TrackProgress
		Future<String> plain() {
			return new java.util.concurrent.FutureTask<>(() -> "done") {
				{
					run();
				}
			};
		}

		@Async
		@TrackProgress
		CompletableFuture<Integer> patient(ProgressReporter progress) throws InterruptedException {
			this.release.await();
			progress.checkCancelled();
			return CompletableFuture.completedFuture(1);
		}

		@Async
		CompletableFuture<Boolean> untracked() {
			return CompletableFuture.completedFuture(ProgressReporter.current().isActive());
		}

	}

}
