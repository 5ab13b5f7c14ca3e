package io.progress.sse.engine;

import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import io.progress.sse.BatchProgress;
import io.progress.sse.Phase;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressReporter;
import io.progress.sse.event.Note;
import io.progress.sse.event.Progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

/**
 * Numbers that cannot be, and numbers that are as large as can be: no call breaks the
 * work, and what is published is true.
 */
class ImpossibleNumberTests {

	static final Object[] IMPOSSIBLE = { call("total", (progress) -> progress.total(-5)),
			call("remaining", (progress) -> progress.remaining(-1)),
			call("advance", (progress) -> progress.advance(Long.MIN_VALUE)),
			call("report of less than nothing", (progress) -> progress.report(-1, 20)),
			call("report of less than nothing in all", (progress) -> progress.report(3, -20)),
			call("batch", (progress) -> progress.batch(-3)), call("fraction", (progress) -> progress.fraction(3 / 0.0)),
			call("negative fraction", (progress) -> progress.fraction(-3 / 0.0)),
			call("negative weight", (progress) -> progress.split(-1).fraction(0.5)),
			call("weight that is no number", (progress) -> progress.split(Double.NaN).close()),
			call("infinite weight", (progress) -> progress.split(1 / 0.0).close()),
			call("plan of nothing", (progress) -> progress.plan()),
			call("plan of no weight", (progress) -> progress.plan(Phase.of("a", 0))),
			call("plan with a negative weight", (progress) -> progress.plan(Phase.of("a"), Phase.of("b", -1))),
			call("plan with an infinite weight", (progress) -> progress.plan(Phase.of("a", 1 / 0.0))),
			call("plan with a name twice", (progress) -> progress.plan(Phase.of("a"), Phase.of("a"))) };

	@RegisterExtension
	final TestTracker test = new TestTracker();

	private ProgressJob job;

	@ParameterizedTest
	@FieldSource("IMPOSSIBLE")
	void areIgnoredAndCounted(Consumer<ProgressReporter> call) {
		ProgressReporter progress = begin();
		progress.report(2, 10);
		call.accept(progress);
		assertThat(progress()).isEqualTo(new Progress(0.2, 2L, 10L, null, null, null));
		assertThat(this.test.tracker.stats().refusedCalls()).isOne();
		assertThat(this.test.tracker.stats().lateCalls()).isZero();
	}

	@Test
	void ofABatchLeaveItsTotalUnknown() {
		BatchProgress batch = begin().batch(-3);
		batch.succeeded();
		batch.failed("a", "b");
		assertThat(progress()).isEqualTo(new Progress(null, 2L, null, null, null, null));
		assertThat(this.test.last(this.job).data()).doesNotContainKey("total_items")
			.containsEntry("completed_items", 2L);
	}

	@Test
	void endAtTheLargestCountThereIs() {
		ProgressReporter progress = begin();
		progress.total(10);
		progress.advance(Long.MAX_VALUE);
		progress.advance(Long.MAX_VALUE);
		progress.advance();
		assertThat(progress().completed()).isEqualTo(Long.MAX_VALUE);
		progress.report(3, 10);
		progress.advance();
		assertThat(progress().completed()).isEqualTo(4);
	}

	@Test
	void endAtTheLargestTotalThereIs() {
		ProgressReporter progress = begin();
		progress.advance(5);
		progress.remaining(Long.MAX_VALUE);
		assertThat(progress().total()).isEqualTo(Long.MAX_VALUE);
		assertThat(progress().completed()).isEqualTo(5);
	}

	@Test
	void areExactBeyondWhatADoubleHolds() {
		ProgressReporter progress = begin();
		long large = (1L << 53) + 1;
		progress.report(large, large + 2);
		assertThat(progress().completed()).isEqualTo(large);
		assertThat(progress().total()).isEqualTo(large + 2);
		progress.advance();
		assertThat(progress().completed()).isEqualTo(large + 1);
	}

	@Test
	void ofWeightsEndWithAFullBar() {
		ProgressReporter progress = begin();
		progress.total(10);
		for (int i = 0; i < 3; i++) {
			progress.split(1e308).close();
		}
		assertThat(progress().fraction()).isEqualTo(1);
		assertThat(progress().completed()).isEqualTo(Long.MAX_VALUE);
		progress.plan(Phase.of("a", 1e308), Phase.of("b", 1e308), Phase.of("c", 0));
		progress.phase("b");
		this.test.eachTick(20, progress::advance);
		assertThat(this.test.last(this.job).progress().ratePerSecond()).isFinite();
	}

	@Test
	void ofNotesAreHiddenForGood() {
		Milestones milestones = new Milestones();
		for (int i = 0; i < 200; i++) {
			assertThat(milestones.note()).isTrue();
		}
		for (int i = 0; i < 1000; i++) {
			assertThat(milestones.note()).isFalse();
		}
		assertThat(milestones.publish()).isEqualTo(1000);
	}

	private ProgressReporter begin() {
		this.job = this.test.running();
		return this.job.reporter();
	}

	private Progress progress() {
		this.test.tick();
		return this.test.last(this.job).progress();
	}

	private static Object call(String name, Consumer<ProgressReporter> call) {
		return argumentSet(name, call);
	}

}
