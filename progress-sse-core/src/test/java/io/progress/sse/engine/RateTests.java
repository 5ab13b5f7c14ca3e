package io.progress.sse.engine;

import java.time.Duration;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.progress.sse.Phase;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressReporter;
import io.progress.sse.event.Progress;
import io.progress.sse.event.ProgressEvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class RateTests {

	@RegisterExtension
	final TestTracker test = new TestTracker();

	private ProgressJob job;

	@Nested
	class AnEstimate {

		@Test
		void isAbsentBeforeThreeSeconds() {
			ProgressReporter progress = begin(100);
			test.eachTick(11, progress::advance);
			assertThat(progress().eta()).isNull();
			assertThat(progress().ratePerSecond()).isNull();
			test.eachTick(1, progress::advance);
			assertThat(progress().eta()).isCloseTo(Duration.ofSeconds(22), Duration.ofMillis(100));
			assertThat(progress().ratePerSecond()).isEqualTo(4, within(0.01));
		}

		@Test
		void isAbsentBeforeThreeMoves() {
			ProgressReporter progress = begin(100);
			for (int move = 0; move < 2; move++) {
				progress.advance(10);
				test.eachTick(16, () -> {
				});
			}
			assertThat(progress().eta()).isNull();
			progress.advance(10);
			test.tick();
			assertThat(progress().eta()).isNotNull();
		}

		@Test
		void isAbsentBeforeOnePerCent() {
			ProgressReporter progress = begin(10_000);
			test.eachTick(99, progress::advance);
			assertThat(progress().eta()).isNull();
			assertThat(progress().ratePerSecond()).isNotNull();
			test.eachTick(2, progress::advance);
			assertThat(progress().eta()).isNotNull();
		}

		@Test
		void ofTimeIsAbsentWithoutATotalWhileSpeedIsThere() {
			ProgressReporter progress = begin(0);
			test.eachTick(20, progress::advance);
			assertThat(progress().eta()).isNull();
			assertThat(progress().ratePerSecond()).isEqualTo(4, within(0.01));
		}

		@Test
		void followsAWorkerThatSlowsDown() {
			ProgressReporter progress = begin(4000);
			test.eachTick(240, () -> progress.advance(4));
			assertThat(progress().eta().toMillis()).isCloseTo(190_000, Percentage.withPercentage(1));
			test.eachTick(240, () -> progress.advance(1));
			double truth = (4000 - 1200) / 4.0 * 1000;
			assertThat(progress().eta().toMillis()).isCloseTo((long) truth, Percentage.withPercentage(35));
		}

		@Test
		void survivesTheNextPhaseOfAPlan() {
			ProgressReporter progress = begin(0);
			progress.plan(Phase.of("a"), Phase.of("b"));
			progress.phase("a");
			progress.total(20);
			test.eachTick(20, progress::advance);
			progress.phase("b");
			progress.total(20);
			test.eachTick(2, progress::advance);
			assertThat(progress().eta()).isCloseTo(Duration.ofMillis(4500), Duration.ofMillis(300));
		}

		@Test
		void startsAgainWithWhatRemains() {
			ProgressReporter progress = begin(100);
			test.eachTick(20, progress::advance);
			progress.remaining(10);
			test.eachTick(1, progress::advance);
			assertThat(progress().eta()).isNull();
		}

		@Test
		void startsAgainWithAnAttempt() {
			ProgressReporter progress = begin(100);
			test.eachTick(20, progress::advance);
			job.retry();
			progress.total(100);
			test.eachTick(5, progress::advance);
			assertThat(progress().ratePerSecond()).isNull();
			assertThat(progress().eta()).isNull();
		}

		@Test
		void isNoMoreOnceTheJobHasEnded() {
			ProgressReporter progress = begin(100);
			test.eachTick(20, progress::advance);
			job.done();
			assertThat(progress().eta()).isNull();
			assertThat(progress().ratePerSecond()).isNull();
		}

	}

	@Nested
	class AStall {

		@Test
		void makesTheEstimateWorseBeforeItMakesItGo() {
			ProgressReporter progress = begin(100);
			test.eachTick(20, progress::advance);
			Duration before = progress().eta();
			pause(Duration.ofSeconds(5));
			progress.message("still here");
			test.tick();
			assertThat(progress().eta()).isGreaterThan(before);
		}

		@Test
		void isToldOnceAndTakenBackOnce() {
			ProgressReporter progress = begin(100);
			test.eachTick(20, progress::advance);
			int before = test.events(job).size();
			pause(Duration.ofSeconds(9));
			assertThat(test.events(job)).hasSize(before);
			pause(Duration.ofMinutes(1));
			assertThat(test.events(job)).hasSize(before + 1);
			assertThat(test.last(job).stalled()).isTrue();
			assertThat(progress().eta()).isNull();
			test.eachTick(1, progress::advance);
			assertThat(test.events(job)).hasSize(before + 2);
			assertThat(test.last(job).stalled()).isFalse();
		}

		@Test
		void takesLongerToSeeWhereItemsTakeLong() {
			ProgressReporter progress = begin(100);
			for (int item = 0; item < 4; item++) {
				pause(Duration.ofSeconds(40));
				progress.advance();
				test.tick();
			}
			int before = test.events(job).size();
			pause(Duration.ofMinutes(2));
			assertThat(test.events(job)).hasSize(before);
			pause(Duration.ofMinutes(1));
			assertThat(test.last(job).stalled()).isTrue();
		}

		@Test
		void isNotWhereAWorkerSpeaks() {
			ProgressReporter progress = begin(100);
			test.eachTick(20, progress::advance);
			for (int i = 0; i < 10; i++) {
				pause(Duration.ofSeconds(6));
				progress.phase("phase " + i);
				pause(Duration.ofSeconds(6));
				progress.message("message " + i);
			}
			assertThat(test.events(job)).noneMatch(ProgressEvent::stalled);
		}

		@Test
		void isNotForAQueuedJob() {
			job = test.queued();
			pause(Duration.ofMinutes(5));
			assertThat(test.events(job)).hasSize(1);
		}

		@Test
		void isNotOnTheEnd() {
			begin(100);
			pause(Duration.ofMinutes(5));
			job.done();
			assertThat(test.last(job).stalled()).isFalse();
		}

		private void pause(Duration time) {
			test.pass(time);
		}

	}

	private ProgressReporter begin(long total) {
		this.job = this.test.running();
		this.job.reporter().total(total);
		return this.job.reporter();
	}

	private Progress progress() {
		return this.test.last(this.job).progress();
	}

}
