package io.progress.sse.engine;

import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

import io.progress.sse.JobSpec;
import io.progress.sse.ProgressReporter;
import io.progress.sse.support.StrayReports;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reports on threads that work on no job.
 */
class StrayReportTests {

	private final StrayReports strays = new StrayReports();

	@Nested
	class AreLostWhere {

		@Test
		void aTotalIsShortOfThem() {
			StrayReports.Mark job = strays.begin();
			report(5);
			assertThat(strays.end(job, 5, false)).isEqualTo(5);
		}

		@Test
		void theOnlyJobNeverSaidAWord() {
			StrayReports.Mark job = strays.begin();
			report(3);
			assertThat(strays.end(job, 0, true)).isEqualTo(3);
		}

	}

	@Nested
	class AreMeantSoWhere {

		@Test
		void aJobLacksNothing() {
			StrayReports.Mark job = strays.begin();
			report(5);
			assertThat(strays.end(job, 0, false)).isZero();
		}

		@Test
		void aJobLacksMore() {
			StrayReports.Mark job = strays.begin();
			report(5);
			assertThat(strays.end(job, 6, false)).isZero();
		}

		@Test
		void theyComeWithoutAJobToo() {
			report(1);
			StrayReports.Mark job = strays.begin();
			report(5);
			assertThat(strays.end(job, 0, true)).isZero();
		}

		@Test
		void anotherJobRan() {
			StrayReports.Mark before = strays.begin();
			StrayReports.Mark job = strays.begin();
			report(5);
			assertThat(strays.end(job, 0, true)).isZero();
			assertThat(strays.end(before, 0, true)).isZero();
		}

		@Test
		void noneCame() {
			assertThat(strays.end(strays.begin(), 5, true)).isZero();
		}

	}

	@Nested
	class OfAJobThatIsDone {

		@RegisterExtension
		final TestTracker test = new TestTracker();

		private final Logger logger = (Logger) LoggerFactory.getLogger(StrayReports.class);

		private final ListAppender<ILoggingEvent> log = new ListAppender<>();

		@BeforeEach
		void listen() {
			this.log.start();
			this.logger.addAppender(this.log);
		}

		@AfterEach
		void leave() {
			this.logger.detachAppender(this.log);
		}

		@Test
		void areToldOnceForEachKind() throws Exception {
			long before = this.test.tracker.stats().strayCalls();
			run("stray-pool", 10, 10);
			run("stray-pool", 10, 10);
			run("stray-half", 10, 5);
			assertThat(this.test.tracker.stats().strayCalls() - before).isEqualTo(25);
			assertThat(this.log.list).hasSize(2).allMatch((event) -> event.getLevel() == Level.WARN);
			assertThat(this.log.list.get(0).getFormattedMessage()).contains("'stray-pool' is done, but 10 reports",
					"Pass the reporter");
			assertThat(this.log.list.get(1).getFormattedMessage()).contains("'stray-half' is done, but 5 reports");
		}

		@Test
		void areNotToldWhereTheReporterWasPassedOn() throws Exception {
			this.test.tracker.run(JobSpec.named("stray-passed"), (progress) -> {
				progress.total(10);
				elsewhere(10, progress::advance);
				return null;
			});
			assertThat(this.log.list).isEmpty();
		}

		@Test
		void areNoneForAReporterThatDoesNothingOnPurpose() throws Exception {
			long before = this.test.tracker.stats().strayCalls();
			this.test.tracker.run(JobSpec.named("stray-noop"), (progress) -> {
				progress.total(10);
				ProgressReporter.noop().advance(10);
				return null;
			});
			assertThat(this.test.tracker.stats().strayCalls()).isEqualTo(before);
		}

		private void run(String name, int total, int stray) throws Exception {
			this.test.tracker.run(JobSpec.named(name), (progress) -> {
				progress.total(total);
				progress.advance(total - stray);
				elsewhere(stray, () -> ProgressReporter.current().advance());
				return null;
			});
		}

		private void elsewhere(int times, Runnable work) {
			CompletableFuture.runAsync(() -> IntStream.range(0, times).forEach((i) -> work.run())).join();
		}

	}

	private void report(int times) {
		IntStream.range(0, times).forEach((i) -> this.strays.add(1));
	}

}
