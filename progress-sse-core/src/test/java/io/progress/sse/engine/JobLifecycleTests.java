package io.progress.sse.engine;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.progress.sse.JobHandle;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressReporter;
import io.progress.sse.event.EventKind;
import io.progress.sse.event.JobState;
import io.progress.sse.event.Note;
import io.progress.sse.event.ProgressEvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

class JobLifecycleTests {

	@RegisterExtension
	final TestTracker test = new TestTracker();

	@Nested
	class FromQueuedToRunning {

		@Test
		void isQueuedUntilAWorkerBegins() {
			ProgressJob job = test.queued();
			test.pass(Duration.ofMinutes(1));
			assertThat(states(job)).containsExactly(JobState.QUEUED);
			assertThat(job.state()).isEqualTo(JobState.QUEUED);
		}

		@Test
		void saysAtOnceThatItRuns() {
			ProgressJob job = test.queued();
			job.begin();
			assertThat(states(job)).containsExactly(JobState.QUEUED, JobState.RUNNING);
			assertThat(test.last(job).kind()).isEqualTo(EventKind.MILESTONE);
		}

		@Test
		void beginsOnce() {
			ProgressJob job = test.running();
			job.begin();
			assertThat(states(job)).containsExactly(JobState.QUEUED, JobState.RUNNING);
		}

		@Test
		void beginsByItsFirstPhase() {
			ProgressJob job = test.queued();
			job.reporter().phase("reading");
			assertThat(states(job)).containsExactly(JobState.QUEUED, JobState.RUNNING);
		}

		@Test
		void beginsByItsFirstNote() {
			ProgressJob job = test.queued();
			job.reporter().note(Note.Level.INFO, "hello");
			assertThat(states(job)).containsExactly(JobState.QUEUED, JobState.RUNNING);
		}

		@Test
		void beginsByItsFirstCount() {
			ProgressJob job = test.queued();
			job.reporter().advance();
			test.tick();
			assertThat(states(job)).containsExactly(JobState.QUEUED, JobState.RUNNING);
			assertThat(test.last(job).kind()).isEqualTo(EventKind.MILESTONE);
			assertThat(test.last(job).progress().completed()).isEqualTo(1);
		}

	}

	@Nested
	class TheEnd {

		@Test
		void isOneEventAndTheLast() {
			ProgressJob job = test.running();
			job.done();
			job.done();
			job.fail(new IllegalStateException());
			job.cancelled();
			job.close();
			job.reporter().phase("late");
			test.pass(Duration.ofSeconds(5));
			assertThat(states(job)).containsExactly(JobState.QUEUED, JobState.RUNNING, JobState.DONE);
		}

		@Test
		void hasTheExactCounters() {
			ProgressJob job = test.running();
			job.reporter().total(1000);
			test.tick();
			job.reporter().advance(999);
			job.done();
			assertThat(test.last(job).progress().completed()).isEqualTo(999);
			assertThat(test.last(job).progress().total()).isEqualTo(1000);
		}

		@Test
		void tellsHowLongTheWorkTookWithoutTheQueue() {
			ProgressJob job = test.queued();
			test.pass(Duration.ofMinutes(5));
			job.begin();
			test.pass(Duration.ofSeconds(7));
			job.done();
			assertThat(test.last(job).duration()).isEqualTo(Duration.ofSeconds(7));
		}

		@Test
		void ofAJobThatIsClosedWithoutOneIsAbandoned() {
			ProgressJob job = test.running();
			job.close();
			ProgressEvent last = test.last(job);
			assertThat(last.state()).isEqualTo(JobState.FAILED);
			assertThat(last.error().code()).isEqualTo("abandoned");
		}

		@Test
		void completesTheHandle() {
			ProgressJob job = test.running();
			assertThat(job.ended()).isNotCompleted();
			job.cancelled();
			assertThat(job.ended()).isCompletedWithValue(JobState.CANCELLED);
		}

		@Test
		void freesTheJobFromMemory() {
			ProgressJob job = test.running();
			assertThat(test.tracker.find(job.id())).contains(job);
			job.done();
			assertThat(test.tracker.find(job.id())).isEmpty();
			assertThat(test.tracker.stats().runningJobs()).isZero();
		}

	}

	@Nested
	class AfterTheEnd {

		@Test
		void everyCallIsSilentAndCounted() {
			ProgressJob job = test.running();
			ProgressReporter progress = job.reporter();
			job.done();
			assertThat(progress.isActive()).isFalse();
			List<Runnable> calls = List.of(progress::advance, () -> progress.report(1, 2), () -> progress.total(-3),
					() -> progress.fraction(0.5), () -> progress.remaining(-1), () -> progress.phase("x"),
					() -> progress.plan(), () -> progress.message("x"), () -> progress.message(() -> "x"),
					() -> progress.note(Note.Level.INFO, "x"), () -> progress.data("x", 1),
					() -> progress.result("x", 1), () -> progress.unit("x"), progress::indeterminate,
					() -> progress.split(Double.NaN), () -> progress.batch(4));
			for (Runnable call : calls) {
				long before = test.tracker.stats().lateCalls();
				assertThatCode(call::run).doesNotThrowAnyException();
				assertThat(test.tracker.stats().lateCalls()).isEqualTo(before + 1);
			}
		}

		@Test
		void aPartIsDeadAsWell() {
			ProgressJob job = test.running();
			ProgressReporter part = job.reporter().split(1).split(1);
			job.done();
			assertThat(part.isActive()).isFalse();
			assertThat(job.reporter().split(1).isActive()).isFalse();
		}

		@Test
		void cancellingIsRefused() {
			ProgressJob job = test.running();
			job.done();
			assertThat(job.cancel()).isFalse();
			assertThat(job.state()).isEqualTo(JobState.DONE);
		}

	}

	@Nested
	class ARetry {

		@Test
		void isTheNextAttemptOfTheSameJob() {
			ProgressJob job = test.running();
			job.retry();
			job.retry();
			job.done();
			assertThat(test.events(job)).extracting(ProgressEvent::attempt).containsExactly(1, 1, 2, 3, 3);
		}

		@Test
		void startsCountersPhaseAndMessageOver() {
			ProgressJob job = test.running();
			ProgressReporter progress = job.reporter();
			progress.phase("reading");
			progress.message("half of it");
			progress.report(5, 10);
			ProgressReporter part = progress.split(1);
			test.tick();
			job.retry();
			ProgressEvent first = test.last(job);
			assertThat(first.phase()).isNull();
			assertThat(first.message()).isNull();
			assertThat(first.progress().fraction()).isNull();
			assertThat(first.progress().completed()).isNull();
			assertThat(part.isActive()).isFalse();
			progress.report(1, 10);
			test.tick();
			assertThat(test.last(job).progress().fraction()).isEqualTo(0.1);
		}

		@Test
		void forgetsTheBatch() {
			ProgressJob job = test.running();
			job.reporter().batch(10).succeeded();
			job.retry();
			assertThat(test.last(job).data()).isEmpty();
		}

	}

	private List<JobState> states(JobHandle job) {
		return this.test.events(job).stream().map(ProgressEvent::state).toList();
	}

}
