package io.progress.sse.aop;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.resilience.annotation.EnableResilientMethods;
import org.springframework.resilience.annotation.Retryable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import io.progress.sse.JobSpec;
import io.progress.sse.ProgressReporter;
import io.progress.sse.ProgressTracker;
import io.progress.sse.RequestContext;
import io.progress.sse.TrackProgress;
import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.JobState;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A tracked method that returns something to subscribe to.
 */
class ReactiveMethodTests {

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	@Test
	void isAJobPerSubscription() {
		run((jobs, work) -> {
			Mono<Integer> result = work.one(ProgressReporter.current());
			assertThat(jobs.started()).isEmpty();
			StepVerifier.create(result).expectNext(3).expectComplete().verify(PATIENCE);
			StepVerifier.create(result).expectNext(3).expectComplete().verify(PATIENCE);
			assertThat(jobs.started()).extracting(JobInfo::id).doesNotHaveDuplicates().hasSize(2);
			assertThat(jobs.ends()).allSatisfy((end) -> {
				assertThat(end.state()).isEqualTo(JobState.DONE);
				assertThat(end.progress().completed()).isEqualTo(3);
				assertThat(end.result()).isEqualTo(3);
			});
		});
	}

	@Test
	void endsWellWhenItIsEmpty() {
		run((jobs, work) -> {
			StepVerifier.create(work.empty()).expectComplete().verify(PATIENCE);
			assertThat(jobs.end().state()).isEqualTo(JobState.DONE);
		});
	}

	@Test
	void failsWithItsError() {
		run((jobs, work) -> {
			StepVerifier.create(work.broken()).expectErrorMessage("secret").verify(PATIENCE);
			assertThat(jobs.end().state()).isEqualTo(JobState.FAILED);
			assertThat(jobs.end().error().code()).isEqualTo("internal");
		});
	}

	@Test
	void failsWhenItThrowsInsteadOfReturning() {
		run((jobs, work) -> {
			StepVerifier.create(work.thrown()).expectErrorMessage("secret").verify(PATIENCE);
			assertThat(jobs.end().state()).isEqualTo(JobState.FAILED);
		});
	}

	@Test
	void failsWithAnErrorThatReactorDoesNotSignal() {
		run((jobs, work) -> {
			StepVerifier.create(work.unlinked())
				.expectErrorSatisfies((error) -> assertThat(error).hasRootCauseInstanceOf(NoClassDefFoundError.class))
				.verify(PATIENCE);
			assertThat(jobs.end().state()).isEqualTo(JobState.FAILED);
		});
	}

	@Test
	void failsWithAnErrorThatReactorDoesNotSignalInAStream() {
		run((jobs, work) -> {
			StepVerifier.create(work.unlinkedLater())
				.expectNext(1)
				.expectErrorSatisfies((error) -> assertThat(error).hasRootCauseInstanceOf(NoClassDefFoundError.class))
				.verify(PATIENCE);
			assertThat(jobs.end().state()).isEqualTo(JobState.FAILED);
		});
	}

	@Test
	void isCancelledWithItsSubscription() {
		run((jobs, work) -> {
			StepVerifier.create(work.endless()).expectNext(1).thenCancel().verify(PATIENCE);
			assertThat(jobs.end().state()).isEqualTo(JobState.CANCELLED);
		});
	}

	@Test
	void countsElementsWhenAsked() {
		run((jobs, work) -> {
			StepVerifier.create(work.many()).expectNext(1, 2, 3, 4).expectComplete().verify(PATIENCE);
			assertThat(jobs.end().progress().completed()).isEqualTo(4);
		});
	}

	@Test
	void mayReturnAnyPublisher() {
		run((jobs, work) -> {
			StepVerifier.create(work.publisher()).expectNext(1).expectComplete().verify(PATIENCE);
			assertThat(jobs.end().state()).isEqualTo(JobState.DONE);
		});
	}

	@Test
	void countsAttemptsWithinTheSameJob() {
		run((jobs, work) -> {
			StepVerifier.create(work.retried(ProgressReporter.noop()))
				.expectNext("third time")
				.expectComplete()
				.verify(PATIENCE);
			assertThat(jobs.end().attempt()).isEqualTo(3);
			assertThat(jobs.end().progress().completed()).isEqualTo(1);
		});
	}

	@Test
	void isAPhaseOfTheJobThatSubscribesOnAnyThread() {
		TrackedApplication.with(Config.class).run((context) -> {
			Work work = context.getBean(Work.class);
			RecordedJobs jobs = context.getBean(RecordedJobs.class);
			Mono<Integer> outer = context.getBean(ProgressTracker.class)
				.mono(JobSpec.named("outer"), (progress) -> Mono.delay(Duration.ofMillis(1), Schedulers.parallel())
					.flatMap((tick) -> work.one(ProgressReporter.current())));
			StepVerifier.create(outer).expectNext(3).expectComplete().verify(PATIENCE);
			assertThat(jobs.phases(jobs.only().id())).containsExactly("Work.one");
		});
	}

	@Test
	void takesTheIdThatItsRequestBrought() {
		run((jobs, work) -> {
			RequestContext request = new RequestContext(JobId.of("chosen-by-client-1"), "ada", (job) -> {
			});
			StepVerifier
				.create(work.one(ProgressReporter.current())
					.contextWrite((context) -> context.put(RequestContext.class, request)))
				.expectNext(3)
				.expectComplete()
				.verify(PATIENCE);
			assertThat(jobs.only().id()).isEqualTo(JobId.of("chosen-by-client-1"));
			assertThat(jobs.only().owner()).isEqualTo("ada");
		});
	}

	private static void run(Scenario scenario) {
		TrackedApplication.with(Config.class)
			.run((context) -> scenario.run(context.getBean(RecordedJobs.class), context.getBean(Work.class)));
	}

	interface Scenario {

		void run(RecordedJobs jobs, Work work);

	}

	@Configuration(proxyBeanMethods = false)
	@EnableResilientMethods
	@Import(Work.class)
	static class Config {

	}

	static class Work {

		private final AtomicInteger calls = new AtomicInteger();

		@TrackProgress(exposeResult = true)
		Mono<Integer> one(ProgressReporter progress) {
			return Mono.fromSupplier(() -> {
				progress.report(3, 3);
				return 3;
			});
		}

		@TrackProgress
		Mono<Void> empty() {
			return Mono.empty();
		}

		@TrackProgress
		Mono<Void> broken() {
			return Mono.error(new IllegalStateException("secret"));
		}

		@TrackProgress
		Mono<Void> thrown() {
			throw new IllegalStateException("secret");
		}

		@TrackProgress
		Mono<Integer> unlinked() {
			return Mono.fromCallable(() -> {
				throw new NoClassDefFoundError("gone");
			});
		}

		@TrackProgress
		Flux<Integer> unlinkedLater() {
			return Flux.range(1, 2).map((i) -> {
				if (i == 2) {
					throw new NoClassDefFoundError("gone");
				}
				return i;
			});
		}

		@TrackProgress
		Flux<Integer> endless() {
			return Flux.just(1).concatWith(Flux.never());
		}

		@TrackProgress(countElements = true)
		Flux<Integer> many() {
			return Flux.just(1, 2, 3, 4);
		}

		@TrackProgress
		Publisher<Integer> publisher() {
			return Flux.just(1);
		}

		@Retryable(maxRetries = 4, delay = 1)
		@TrackProgress
		Mono<String> retried(ProgressReporter progress) {
			return Mono.fromSupplier(() -> {
				progress.advance();
				if (this.calls.incrementAndGet() < 3) {
					throw new IllegalStateException("not yet");
				}
				return "third time";
			});
		}

	}

}
