package io.progress.sse.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

import io.progress.sse.CurrentProgress;
import io.progress.sse.JobCancelledException;
import io.progress.sse.JobListener;
import io.progress.sse.JobSpec;
import io.progress.sse.ProgressReporter;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;

import static org.assertj.core.api.Assertions.assertThat;

class ReactiveJobsTests {

	private static final Duration LONG = Duration.ofSeconds(5);

	private static final JobSpec SPEC = JobSpec.named("test");

	private final List<JobInfo> started = new ArrayList<>();

	private final List<ProgressEvent> ends = new ArrayList<>();

	@RegisterExtension
	final TestTracker test = new TestTracker((settings) -> settings.listener(new JobListener() {
		@Override
		public void started(JobInfo job) {
			ReactiveJobsTests.this.started.add(job);
		}

		@Override
		public void ended(JobInfo job, ProgressEvent terminal) {
			ReactiveJobsTests.this.ends.add(terminal);
		}
	}));

	@Nested
	class AMono {

		@Test
		void isAJobPerSubscription() {
			Mono<String> work = test.tracker.mono(SPEC, (progress) -> Mono.just("result"));
			assertThat(started).isEmpty();
			for (int i = 0; i < 2; i++) {
				StepVerifier.create(work).expectNext("result").expectComplete().verify(LONG);
			}
			assertThat(started).extracting(JobInfo::id).hasSize(2).doesNotHaveDuplicates();
			assertThat(states()).containsExactly(JobState.DONE, JobState.DONE);
		}

		@Test
		void hasEndedBeforeItsResultIsSeen() {
			StepVerifier.create(test.tracker.mono(SPEC, (progress) -> Mono.just("result")))
				.consumeNextWith((result) -> assertThat(states()).containsExactly(JobState.DONE))
				.expectComplete()
				.verify(LONG);
		}

		@Test
		void thatIsEmptyIsDone() {
			StepVerifier.create(test.tracker.mono(SPEC, (progress) -> Mono.empty())).expectComplete().verify(LONG);
			assertThat(states()).containsExactly(JobState.DONE);
		}

		@Test
		void failsByItsErrorOrByAnExceptionBeforeThat() {
			StepVerifier
				.create(test.tracker.mono(SPEC, (progress) -> Mono.error(new IllegalStateException("expected"))))
				.expectErrorMessage("expected")
				.verify(LONG);
			StepVerifier.create(test.tracker.mono(SPEC, (progress) -> {
				throw new IllegalStateException("expected");
			})).expectErrorMessage("expected").verify(LONG);
			assertThat(states()).containsExactly(JobState.FAILED, JobState.FAILED);
			assertThat(test.tracker.stats().runningJobs()).isZero();
		}

		@Test
		void isCancelledWithItsSubscription() {
			TestPublisher<String> work = TestPublisher.create();
			Disposable subscription = test.tracker.mono(SPEC, (progress) -> work.mono()).subscribe();
			assertThat(test.tracker.stats().runningJobs()).isOne();
			subscription.dispose();
			work.assertCancelled();
			assertThat(states()).containsExactly(JobState.CANCELLED);
		}

		@Test
		void seesItsReporterInTheContextAndWhereItIsPutTogether() {
			StepVerifier.create(test.tracker.mono(SPEC, (progress) -> {
				assertThat(ProgressReporter.current()).isSameAs(progress);
				return Mono.deferContextual((context) -> {
					assertThat(ProgressReporter.current().isActive()).isFalse();
					assertThat(context.<ProgressReporter>get(CurrentProgress.KEY)).isSameAs(progress);
					progress.report(1, 4);
					return Mono.just("result");
				});
			})).expectNext("result").expectComplete().verify(LONG);
			assertThat(ends.get(0).progress().fraction()).isEqualTo(0.25);
		}

		@Test
		void stopsWhereItLooksWhenItIsAskedTo() {
			StepVerifier.create(test.tracker.mono(SPEC, (progress) -> {
				test.tracker.cancel(progress.jobId().orElseThrow());
				return Mono.fromRunnable(progress::checkCancelled);
			})).expectError(JobCancelledException.class).verify(LONG);
			assertThat(states()).containsExactly(JobState.CANCELLED);
		}

	}

	@Nested
	class AFlux {

		@Test
		void isAJobFromSubscriptionToCompletion() {
			TestPublisher<Integer> work = TestPublisher.create();
			List<Integer> seen = new ArrayList<>();
			test.tracker.flux(SPEC, (progress) -> work.flux()).subscribe(seen::add);
			work.next(1, 2);
			assertThat(states()).isEmpty();
			work.complete();
			assertThat(seen).containsExactly(1, 2);
			assertThat(states()).containsExactly(JobState.DONE);
		}

		@Test
		void failsByItsError() {
			StepVerifier
				.create(test.tracker.flux(SPEC,
						(progress) -> Flux.concat(Flux.just(1), Flux.error(new IllegalStateException("expected")))))
				.expectNext(1)
				.expectErrorMessage("expected")
				.verify(LONG);
			assertThat(states()).containsExactly(JobState.FAILED);
		}

		@Test
		void isCancelledByASubscriberThatHasEnough() {
			StepVerifier.create(test.tracker.flux(SPEC, (progress) -> Flux.range(0, 10)).take(3))
				.expectNextCount(3)
				.expectComplete()
				.verify(LONG);
			assertThat(states()).containsExactly(JobState.CANCELLED);
		}

		@Test
		void requestsOnlyTheDemand() {
			TestPublisher<Integer> work = TestPublisher.create();
			StepVerifier.create(test.tracker.flux(SPEC, (progress) -> work.flux()), 2)
				.then(() -> work.assertMaxRequested(2))
				.then(() -> work.emit(1, 2))
				.expectNext(1, 2)
				.expectComplete()
				.verify(LONG);
		}

	}

	private List<JobState> states() {
		return this.ends.stream().map(ProgressEvent::state).toList();
	}

}
