package io.progress.sse.engine;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.progress.sse.Phase;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressReporter;
import io.progress.sse.event.Progress;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Parts without weight share the fraction of a job that says nothing itself.
 */
class SharedFractionTests {

	@RegisterExtension
	final TestTracker test = new TestTracker();

	private final ProgressJob job = this.test.running();

	private final ProgressReporter progress = this.job.reporter();

	@Test
	void theOnlyPartHasAllOfIt() {
		ProgressReporter part = this.progress.split(0);
		assertThat(progress()).isEqualTo(Progress.UNKNOWN);
		part.unit("pages");
		part.report(3, 12);
		assertThat(progress()).isEqualTo(new Progress(0.25, 3L, 12L, "pages", null, null));
		part.report(12, 12);
		part.close();
		this.job.done();
		assertThat(progress()).isEqualTo(new Progress(1.0, 12L, 12L, "pages", null, null));
	}

	@Test
	void severalHaveTheSameShare() {
		ProgressReporter one = this.progress.split(0);
		ProgressReporter other = this.progress.split(0);
		one.report(3, 12);
		assertThat(progress()).isEqualTo(new Progress(0.125, null, null, null, null, null));
		other.fraction(0.5);
		assertThat(progress().fraction()).isEqualTo(0.375);
		one.close();
		assertThat(progress().fraction()).isEqualTo(0.75);
	}

	@Test
	void oneThatNeverCountedLeavesItUnknown() {
		this.progress.split(0).close();
		this.job.done();
		assertThat(progress()).isEqualTo(Progress.UNKNOWN);
	}

	@Test
	void theJobsOwnWordsGoFirst() {
		this.progress.split(0).report(3, 12);
		this.progress.report(5, 10);
		assertThat(progress().fraction()).isEqualTo(0.5);
		this.progress.indeterminate();
		assertThat(progress().fraction()).isNull();
		assertThat(progress().completed()).isEqualTo(5);
	}

	@Test
	void isThatOfAPhaseWhereThereIsAPlan() {
		this.progress.plan(Phase.of("a"), Phase.of("b"));
		this.progress.phase("b");
		this.progress.split(0).report(3, 12);
		assertThat(progress().fraction()).isEqualTo(0.625);
		assertThat(progress().completed()).isEqualTo(3);
	}

	@Test
	void reachesThroughLevels() {
		this.progress.split(0).split(0).report(3, 12);
		assertThat(progress()).isEqualTo(new Progress(0.25, 3L, 12L, null, null, null));
	}

	private Progress progress() {
		this.test.tick();
		return this.test.last(this.job).progress();
	}

}
