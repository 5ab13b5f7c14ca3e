package io.progress.sse.engine;

import java.util.Random;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.progress.sse.JobSpec;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressReporter;
import io.progress.sse.event.JobState;
import io.progress.sse.event.Progress;
import io.progress.sse.event.ProgressEvent;

import static org.assertj.core.api.Assertions.assertThat;

class FractionTests {

	@RegisterExtension
	final TestTracker test = new TestTracker();

	private @Nullable ProgressJob job;

	@Nested
	class WhatIsNotKnown {

		@Test
		void isNullAndNotZero() {
			begin();
			assertThat(progress()).isEqualTo(Progress.UNKNOWN);
		}

		@Test
		void isLeftOpenByCountsWithoutATotal() {
			begin().advance(7);
			assertThat(progress().fraction()).isNull();
			assertThat(progress().completed()).isEqualTo(7);
			assertThat(progress().total()).isNull();
		}

		@Test
		void comesBackWithATotalThatIsTakenBack() {
			ProgressReporter progress = begin();
			progress.report(5, 10);
			assertThat(progress().fraction()).isEqualTo(0.5);
			progress.indeterminate();
			assertThat(progress().fraction()).isNull();
			progress.total(20);
			progress.advance(10);
			assertThat(progress().fraction()).isEqualTo(0.75);
		}

		@Test
		void isWhatNaNSays() {
			ProgressReporter progress = begin();
			progress.fraction(0.3);
			progress.fraction(Double.NaN);
			assertThat(progress().fraction()).isNull();
		}

	}

	@Nested
	class WhatIsKnown {

		@ParameterizedTest
		@CsvSource({ "-1, 0", "0.25, 0.25", "1, 1", "7, 1" })
		void isCutToItsRange(double said, double published) {
			begin().fraction(said);
			assertThat(progress().fraction()).isEqualTo(published);
		}

		@Test
		void isZeroOnceATotalIsThere() {
			begin().total(10);
			assertThat(progress().fraction()).isZero();
			assertThat(progress().completed()).isZero();
		}

		@Test
		void staysOneWhenMoreIsCountedThanThereIs() {
			begin().report(15, 10);
			assertThat(progress().fraction()).isEqualTo(1);
			assertThat(progress().completed()).isEqualTo(15);
		}

		@Test
		void isTheLastReportedValue() {
			ProgressReporter progress = begin();
			progress.fraction(0.2);
			progress.report(6, 10);
			assertThat(progress().fraction()).isEqualTo(0.6);
			progress.fraction(0.8);
			progress.report(9, 10);
			assertThat(progress().fraction()).isEqualTo(0.9);
		}

		@Test
		void addsUpFromCountsThatAreSetAndAdded() {
			ProgressReporter progress = begin();
			progress.report(5, 10);
			progress.advance();
			progress.advance(2);
			assertThat(progress().completed()).isEqualTo(8);
			progress.report(3, 10);
			assertThat(progress().completed()).isEqualTo(3);
			progress.advance();
			assertThat(progress().completed()).isEqualTo(4);
		}

		@Test
		void followsWhatRemains() {
			ProgressReporter progress = begin();
			progress.total(1000);
			progress.advance(30);
			progress.remaining(10);
			assertThat(progress().total()).isEqualTo(40);
			assertThat(progress().fraction()).isEqualTo(0.75);
		}

		@Test
		void namesItsUnitOnceSomethingIsCounted() {
			ProgressReporter progress = begin();
			progress.unit("pages");
			assertThat(progress().unit()).isNull();
			progress.advance();
			assertThat(progress().unit()).isEqualTo("pages");
		}

	}

	@Nested
	class NumbersThatCannotBe {

		@Test
		void areIgnoredWhereALoopCounts() {
			ProgressReporter progress = begin();
			progress.report(2, 10);
			progress.advance(-1);
			progress.report(-3, 10);
			progress.report(3, -10);
			assertThat(progress().completed()).isEqualTo(2);
			assertThat(test.tracker.stats().lateCalls()).isZero();
		}

	}

	@Nested
	class PublishedProgress {

		@Test
		void holdsWhenTheTotalGrowsWhileCountsStayTrue() {
			ProgressReporter progress = begin();
			progress.report(5, 10);
			assertThat(progress().fraction()).isEqualTo(0.5);
			progress.report(5, 20);
			assertThat(progress().fraction()).isEqualTo(0.5);
			assertThat(progress().total()).isEqualTo(20);
			progress.report(15, 20);
			assertThat(progress().fraction()).isEqualTo(0.75);
		}

		@Test
		void neverFallsWhateverIsSaid() {
			ProgressReporter progress = begin();
			Random random = new Random(7);
			test.eachTick(500, () -> {
				switch (random.nextInt(5)) {
					case 0 -> progress.report(random.nextInt(100), 1 + random.nextInt(100));
					case 1 -> progress.fraction(random.nextDouble());
					case 2 -> progress.advance(random.nextInt(5));
					case 3 -> progress.remaining(random.nextInt(50));
					default -> progress.split(random.nextInt(10)).fraction(random.nextDouble());
				}
			});
			assertThat(test.events(job)).extracting((event) -> event.progress().fraction())
				.filteredOn((fraction) -> fraction != null)
				.hasSizeGreaterThan(100)
				.isSorted();
		}

		@Test
		void doesNotEndTheJobAtOne() {
			begin().report(10, 10);
			assertThat(progress().fraction()).isEqualTo(1);
			assertThat(job.state()).isEqualTo(JobState.RUNNING);
		}

		@Test
		void staysWhereItWasWhenTheJobFails() {
			begin().report(4, 10);
			job.fail(new IllegalStateException("expected"));
			ProgressEvent last = test.last(job);
			assertThat(last.state()).isEqualTo(JobState.FAILED);
			assertThat(last.progress().fraction()).isEqualTo(0.4);
			assertThat(last.progress().completed()).isEqualTo(4);
		}

		@Test
		void ofADoneJobIsNotRoundedUp() {
			begin().report(4, 10);
			job.done();
			assertThat(test.last(job).progress().fraction()).isEqualTo(0.4);
		}

	}

	@Nested
	class TheTicker {

		@Test
		void isAbsentForAJobThatReportsNothing() {
			begin();
			int before = test.events(job).size();
			test.eachTick(20, () -> {
			});
			assertThat(test.events(job)).hasSize(before);
		}

		@Test
		void saysTheLastValueOfAWorkerThatGoesQuiet() {
			ProgressReporter progress = begin();
			progress.report(1, 10);
			test.tick();
			progress.report(2, 10);
			progress.report(3, 10);
			test.tick();
			assertThat(test.last(job).progress().completed()).isEqualTo(3);
		}

		/** The store notices a viewer only when something is stored. */
		@Test
		void isPublishedWithTheFirstTickForAViewerThatCameSinceTheStart() {
			ProgressJob job = test.tracker.open(JobSpec.named("unwatched"));
			job.begin();
			test.store.listen(job.id()).subscribe();
			for (int i = 1; i <= 3; i++) {
				job.reporter().advance();
				test.tick();
				assertThat(test.last(job).progress().completed()).isEqualTo(i);
			}
		}

		@Test
		void isPublishedLessOftenForAnUnwatchedJob() {
			ProgressJob unwatched = test.tracker.open(JobSpec.named("unwatched"));
			unwatched.begin();
			int before = test.events(unwatched).size();
			test.eachTick(40, unwatched.reporter()::advance);
			assertThat(test.events(unwatched).size() - before).isBetween(9, 11);
		}

	}

	private ProgressReporter begin() {
		this.job = this.test.running();
		return this.job.reporter();
	}

	private Progress progress() {
		this.test.tick();
		return this.test.last(this.job).progress();
	}

}
