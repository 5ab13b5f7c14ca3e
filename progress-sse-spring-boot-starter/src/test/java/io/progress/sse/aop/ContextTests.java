package io.progress.sse.aop;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import io.micrometer.context.ContextExecutorService;
import io.micrometer.context.ContextSnapshotFactory;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;

import io.progress.sse.JobSpec;
import io.progress.sse.ProgressReporter;
import io.progress.sse.ProgressTracker;
import io.progress.sse.TrackProgress;
import io.progress.sse.event.JobId;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which job is current where: a lost update may be, one on the wrong job must not.
 */
class ContextTests {

	@Test
	void aPoolThreadBornUnderOneJobKnowsNothingOfItLater() {
		TrackedApplication.with(Config.class)
			.withPropertyValues("spring.task.execution.pool.core-size=1")
			.run((context) -> {
				Work work = context.getBean(Work.class);
				context.getBean(ProgressTracker.class)
					.run(JobSpec.named("a"), (progress) -> work.seen().get(5, TimeUnit.SECONDS));
				assertThat(work.seen().get(5, TimeUnit.SECONDS)).isEmpty();
			});
	}

	@Test
	void anAsyncMethodLosesTheJobOfItsCaller() {
		TrackedApplication.with(Config.class)
			.run((context) -> assertThat(
					seenUnderAJob(context.getBean(Work.class), context.getBean(ProgressTracker.class)))
				.isEmpty());
	}

	@Test
	void anAsyncMethodKeepsTheJobOfItsCallerWhereContextIsPropagated() {
		TrackedApplication.with(Config.class)
			.withPropertyValues("spring.task.execution.propagate-context=true",
					"spring.task.execution.pool.core-size=1")
			.run((context) -> {
				Work work = context.getBean(Work.class);
				assertThat(seenUnderAJob(work, context.getBean(ProgressTracker.class))).isPresent();
				assertThat(work.seen().get(5, TimeUnit.SECONDS)).isEmpty();
			});
	}

	@Test
	void aTrackedMethodOnAThreadThatKeepsAnotherJobIsItsOwn() {
		TrackedApplication.with(Config.class)
			.withPropertyValues("spring.task.execution.propagate-context=true")
			.run((context) -> {
				Work work = context.getBean(Work.class);
				RecordedJobs jobs = context.getBean(RecordedJobs.class);
				Optional<JobId> inside = context.getBean(ProgressTracker.class)
					.run(JobSpec.named("outer"), (progress) -> work.tracked().get(5, TimeUnit.SECONDS));
				assertThat(inside).contains(jobs.started().get(1).id());
			});
	}

	@Test
	void aWrappedExecutorKeepsTheJob() throws Exception {
		ExecutorService plain = Executors.newSingleThreadExecutor();
		ExecutorService pool = ContextExecutorService.wrap(plain, ContextSnapshotFactory.builder().build()::captureAll);
		TrackedApplication.with(Config.class).run((context) -> {
			Optional<JobId> seen = context.getBean(ProgressTracker.class)
				.run(JobSpec.named("outer"), (progress) -> pool.submit(() -> ProgressReporter.current().jobId()).get());
			assertThat(seen).contains(context.getBean(RecordedJobs.class).only().id());
			assertThat(plain.submit(() -> ProgressReporter.current().jobId()).get()).isEmpty();
		});
		plain.shutdownNow();
	}

	@Test
	void reactorKeepsTheJobOnOtherThreadsWhereContextIsPropagated() {
		Hooks.enableAutomaticContextPropagation();
		try {
			TrackedApplication.with(Config.class).run((context) -> {
				Mono<Optional<JobId>> seen = context.getBean(ProgressTracker.class)
					.mono(JobSpec.named("outer"),
							(progress) -> Mono.just(1)
								.publishOn(Schedulers.parallel())
								.map((one) -> ProgressReporter.current().jobId()));
				assertThat(seen.block(Duration.ofSeconds(5))).contains(context.getBean(RecordedJobs.class).only().id());
			});
		}
		finally {
			Hooks.disableAutomaticContextPropagation();
		}
	}

	private static Optional<JobId> seenUnderAJob(Work work, ProgressTracker tracker) throws Exception {
		return tracker.run(JobSpec.named("outer"), (progress) -> work.seen().get(5, TimeUnit.SECONDS));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAsync
	@Import(Work.class)
	static class Config {

	}

	static class Work {

		@Async
		CompletableFuture<Optional<JobId>> seen() {
			return CompletableFuture.completedFuture(ProgressReporter.current().jobId());
		}

		@Async
		@TrackProgress
		CompletableFuture<Optional<JobId>> tracked() {
			return CompletableFuture.completedFuture(ProgressReporter.current().jobId());
		}

	}

}
