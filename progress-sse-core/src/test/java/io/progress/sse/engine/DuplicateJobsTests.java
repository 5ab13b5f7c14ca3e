package io.progress.sse.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.test.StepVerifier;

import io.progress.sse.DuplicateJobException;
import io.progress.sse.DuplicateJobs;
import io.progress.sse.JobHandle;
import io.progress.sse.JobSpec;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressTracker;
import io.progress.sse.event.JobId;
import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class DuplicateJobsTests {

	private static final JobSpec SPEC = JobSpec.named("export").withId(JobId.of("export-1")).withOwner("ada");

	@RegisterExtension
	final TestTracker test = new TestTracker();

	/** Another node, with the same store. */
	private final ProgressTracker elsewhere = ProgressTrackerBuilder.forStore(this.test.store)
		.clock(this.test.clock)
		.scheduler(this.test.time)
		.build();

	@Nested
	class Reject {

		@Test
		void whileTheOtherRuns() {
			test.tracker.open(SPEC);
			assertThatExceptionOfType(DuplicateJobException.class).isThrownBy(() -> test.tracker.open(SPEC))
				.satisfies((ex) -> assertThat(ex.jobId()).isEqualTo(SPEC.id()));
			assertThatExceptionOfType(DuplicateJobException.class).isThrownBy(() -> elsewhere.open(SPEC));
		}

		@Test
		void whileTheOtherIsRemembered() {
			test.tracker.open(SPEC).done();
			assertThatExceptionOfType(DuplicateJobException.class).isThrownBy(() -> test.tracker.open(SPEC));
			assertThatExceptionOfType(DuplicateJobException.class).isThrownBy(() -> elsewhere.open(SPEC));
		}

		@Test
		void isASignalWhereNothingIsThrown() {
			test.tracker.open(SPEC);
			StepVerifier.create(elsewhere.admit(SPEC))
				.expectError(DuplicateJobException.class)
				.verify(Duration.ofSeconds(5));
			StepVerifier.create(test.tracker.admit(SPEC))
				.expectError(DuplicateJobException.class)
				.verify(Duration.ofSeconds(5));
		}

		@Test
		void leavesNothingBehind() {
			ProgressJob job = test.tracker.open(SPEC);
			assertThatExceptionOfType(DuplicateJobException.class).isThrownBy(() -> elsewhere.open(SPEC));
			assertThat(elsewhere.stats().runningJobs()).isZero();
			assertThat(elsewhere.stats().waitingEvents()).isZero();
			assertThat(test.events(job)).hasSize(1);
		}

	}

	@Nested
	class Join {

		private final JobSpec spec = SPEC.onDuplicate(DuplicateJobs.JOIN);

		private final AtomicInteger runs = new AtomicInteger();

		@Test
		void returnsTheHandleOfTheRunningJob() {
			JobHandle first = test.tracker.open(this.spec);
			assertThat(test.tracker.start(this.spec, (progress) -> this.runs.incrementAndGet())).isSameAs(first);
			assertThat(this.runs).hasValue(0);
		}

		@Test
		void isRefusedOnceItHasEnded() {
			test.tracker.open(this.spec).done();
			assertThatExceptionOfType(DuplicateJobException.class)
				.isThrownBy(() -> test.tracker.start(this.spec, (progress) -> null));
		}

		@Test
		void isRefusedToAnotherOwner() {
			test.tracker.open(this.spec);
			assertThatExceptionOfType(DuplicateJobException.class)
				.isThrownBy(() -> test.tracker.start(this.spec.withOwner("eve"), (progress) -> null));
			assertThatExceptionOfType(DuplicateJobException.class)
				.isThrownBy(() -> test.tracker.start(this.spec.withOwner(null), (progress) -> null));
		}

		@Test
		void runsOnceWhenManyComeAtTheSameTime() throws Exception {
			ExecutorService callers = Executors.newFixedThreadPool(8);
			for (int round = 0; round < 200; round++) {
				JobSpec spec = this.spec.withId(JobId.of("round-" + round));
				CyclicBarrier start = new CyclicBarrier(8);
				Callable<JobHandle> call = () -> {
					start.await();
					return test.tracker.start(spec, (progress) -> this.runs.incrementAndGet(), (task) -> {
					});
				};
				List<Future<JobHandle>> handles = callers.invokeAll(Collections.nCopies(8, call));
				JobHandle first = handles.get(0).get();
				for (Future<JobHandle> handle : handles) {
					assertThat(handle.get()).isSameAs(first);
				}
			}
			callers.shutdown();
		}

	}

	@Nested
	class Replace {

		private final JobSpec spec = SPEC.onDuplicate(DuplicateJobs.REPLACE);

		@Test
		void takesTheIdOfAnEndedJob() {
			test.tracker.open(SPEC).done();
			ProgressJob second = test.tracker.open(this.spec);
			second.begin();
			assertThat(test.events(second)).extracting(ProgressEvent::state)
				.containsExactly(JobState.QUEUED, JobState.RUNNING);
		}

		@Test
		void createsTheJobIfThereIsNone() {
			assertThat(test.events(test.tracker.open(this.spec))).hasSize(1);
		}

		@Test
		void isRefusedWhileTheOtherRuns() {
			test.tracker.open(SPEC);
			assertThatExceptionOfType(DuplicateJobException.class).isThrownBy(() -> elsewhere.open(this.spec));
			assertThatExceptionOfType(DuplicateJobException.class).isThrownBy(() -> test.tracker.open(this.spec));
		}

		@Test
		void isRefusedToAnotherOwner() {
			ProgressJob first = test.tracker.open(SPEC);
			first.done();
			assertThatExceptionOfType(DuplicateJobException.class)
				.isThrownBy(() -> test.tracker.open(this.spec.withOwner("eve")));
			assertThat(test.last(first).state()).isEqualTo(JobState.DONE);
		}

		@Test
		void happensOnceThoughTheReplyWasLost() {
			test.tracker.open(SPEC).done();
			test.tick();
			test.store.next(FaultyStore.LOST_REPLY);
			List<ProgressJob> admitted = new ArrayList<>();
			elsewhere.admit(this.spec).subscribe(admitted::add);
			test.pass(Duration.ofSeconds(1));
			await().until(() -> !admitted.isEmpty());
			assertThat(test.events(admitted.get(0))).extracting(ProgressEvent::state).containsExactly(JobState.QUEUED);
		}

	}

}
