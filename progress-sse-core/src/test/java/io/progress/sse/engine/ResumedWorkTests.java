package io.progress.sse.engine;

import java.time.Duration;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import io.progress.sse.BatchProgress;
import io.progress.sse.Phase;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressReporter;
import io.progress.sse.event.Progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

/**
 * What is counted without having been worked is no speed. Each of these jobs does 100,000
 * of 10,000,000 units a second.
 */
class ResumedWorkTests {

	private static final long TOTAL = 10_000_000;

	private static final long PER_TICK = 25_000;

	static final Object[] OFFSETS = { argument("report", (progress) -> progress.report(TOTAL / 2, TOTAL)),
			argument("advance", (progress) -> progress.advance(TOTAL / 2)),
			argument("part that is closed at once", (progress) -> progress.split(TOTAL / 2.0).close()),
			argument("part that is full at once", (progress) -> progress.split(TOTAL / 2.0).fraction(1)) };

	@RegisterExtension
	final TestTracker test = new TestTracker();

	private ProgressJob job;

	@ParameterizedTest
	@FieldSource("OFFSETS")
	void atTheBeginning(Consumer<ProgressReporter> offset) {
		ProgressReporter progress = begin();
		offset.accept(progress);
		workAndSeeTheTruth(progress, 16);
	}

	@ParameterizedTest
	@FieldSource("OFFSETS")
	void behindALongPreparation(Consumer<ProgressReporter> offset) {
		ProgressReporter progress = begin();
		this.test.pass(Duration.ofSeconds(20));
		offset.accept(progress);
		workAndSeeTheTruth(progress, 16);
	}

	@ParameterizedTest
	@FieldSource("OFFSETS")
	void inTheMiddle(Consumer<ProgressReporter> offset) {
		ProgressReporter progress = begin();
		this.test.eachTick(16, () -> progress.advance(PER_TICK));
		offset.accept(progress);
		workAndSeeTheTruth(progress, 100);
	}

	@Test
	void ofAFraction() {
		ProgressReporter progress = begin();
		progress.fraction(0.5);
		double[] said = { 0.5 };
		for (int tick = 0; tick < 16; tick++) {
			this.test.tick();
			said[0] += 0.0025;
			progress.fraction(said[0]);
			Duration eta = progress().eta();
			if (eta != null) {
				assertThat(eta.toMillis() / 100_000.0).isBetween((1 - said[0]) / 2, (1 - said[0]) * 2);
			}
		}
	}

	@Test
	void ofAnotherAttempt() {
		ProgressReporter progress = begin();
		this.test.eachTick(20, () -> progress.advance(PER_TICK));
		this.job.retry();
		progress.report(TOTAL / 2, TOTAL);
		workAndSeeTheTruth(progress, 16);
	}

	@Test
	void ofSkippedItems() {
		this.job = this.test.running();
		BatchProgress batch = this.job.reporter().batch(1000);
		this.test.eachTick(40, () -> {
			for (int i = 0; i < 10; i++) {
				batch.skipped();
			}
		});
		assertThat(progress().ratePerSecond()).isNull();
		this.test.eachTick(20, batch::succeeded);
		assertThat(progress().ratePerSecond()).isBetween(3.5, 4.5);
	}

	@Test
	void ofATotalThatIsCorrected() {
		ProgressReporter progress = begin();
		this.test.eachTick(16, () -> progress.advance(PER_TICK));
		progress.total(TOTAL / 10);
		workAndSeeTheTruth(progress, 8, TOTAL / 10);
		progress.total(TOTAL);
		workAndSeeTheTruth(progress, 8, TOTAL);
		assertThat(progress().eta()).isNotNull();
	}

	@Test
	void ofPhasesThatAreSkipped() {
		ProgressReporter progress = this.test.running().reporter();
		this.job = this.test.tracker.find(progress.jobId().orElseThrow()).map(ProgressJob.class::cast).orElseThrow();
		progress.plan(Phase.of("a", 10), Phase.of("b", 80), Phase.of("c", 10));
		progress.phase("a");
		progress.total(40);
		this.test.eachTick(39, progress::advance);
		progress.phase("c");
		progress.total(40);
		this.test.eachTick(8, progress::advance);
		assertThat(progress().eta()).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(16));
	}

	private void workAndSeeTheTruth(ProgressReporter progress, int ticks) {
		workAndSeeTheTruth(progress, ticks, TOTAL);
	}

	private void workAndSeeTheTruth(ProgressReporter progress, int ticks, long total) {
		for (int tick = 0; tick < ticks; tick++) {
			this.test.tick();
			progress.advance(PER_TICK);
			Progress now = progress();
			double left = (total - now.completed()) / (PER_TICK * 4.0);
			if (now.eta() != null) {
				assertThat(now.eta().toMillis() / 1000.0).isBetween(left / 2, left * 2);
			}
			if (now.ratePerSecond() != null) {
				assertThat(now.ratePerSecond()).isBetween(PER_TICK * 2.0, PER_TICK * 8.0);
			}
		}
	}

	private ProgressReporter begin() {
		this.job = this.test.running();
		this.job.reporter().total(TOTAL);
		return this.job.reporter();
	}

	private Progress progress() {
		return this.test.last(this.job).progress();
	}

	private static Object argument(String name, Consumer<ProgressReporter> offset) {
		return argumentSet(name, offset);
	}

}
