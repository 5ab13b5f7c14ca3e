package io.progress.sse.test;

import java.time.Duration;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.LeasedProgressEventStore;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The part of the contract about leases, for stores that have them.
 */
abstract class LeaseContract extends NoticeContract {

	@Test
	void renewsTheLeaseByAppendsAndBeatsOfTheWriterIfItHasLeases() {
		LeasedProgressEventStore leased = assumeLeased();
		assertThat(beat(leased, this.job)).isFalse();
		this.job.append("a");
		assertThat(this.job.page(null, 0).lease()).isPositive().isLessThanOrEqualTo(leased.lease());
		passTime(leased.lease());
		assertThat(beat(leased, new TestJob(this.store, this.job.id(), 11))).isFalse();
		assertThat(this.job.page(null, 0).lease()).isLessThanOrEqualTo(Duration.ZERO);
		assertThat(beat(leased, this.job)).isTrue();
		assertThat(this.job.page(null, 0).lease()).isPositive();
		passTime(leased.lease());
		this.job.append("b");
		assertThat(this.job.page(null, 0).lease()).isPositive();
	}

	@Test
	void callsAJobLostOnceAfterTheGraceIfItHasLeases() {
		LeasedProgressEventStore leased = assumeLeased();
		assertThat(markLost(leased)).isFalse();
		this.job.append("a");
		passTime(leased.lease());
		assertThat(markLost(leased)).isFalse();
		passTime(leased.grace().plusMillis(1));
		assertThat(markLost(leased)).isTrue();
		assertThat(markLost(leased)).isFalse();
		assertThat(this.job.messages()).containsExactly("a", "lost");
	}

	@Test
	void tellsTheWritersBeatUntilItAppendsThatTheJobWasCalledLostIfItHasLeases() {
		LeasedProgressEventStore leased = assumeLeased();
		this.job.append("a");
		passTime(leased.lease().plus(leased.grace()).plusMillis(1));
		assertThat(markLost(leased)).isTrue();
		assertThat(beat(leased, this.job)).isFalse();
		assertThat(beat(leased, this.job)).isFalse();
		this.job.append("b");
		assertThat(beat(leased, this.job)).isTrue();
		assertThat(this.job.messages()).containsExactly("a", "lost", "b");
	}

	private LeasedProgressEventStore assumeLeased() {
		Assumptions.assumeTrue(this.store instanceof LeasedProgressEventStore, "this store has no leases");
		return (LeasedProgressEventStore) this.store;
	}

	private static boolean beat(LeasedProgressEventStore store, TestJob job) {
		return TestJob.await(store.beat(job.info(), job.writer()));
	}

	private boolean markLost(LeasedProgressEventStore store) {
		ProgressEvent lost = this.job.event(JobState.LOST, "lost");
		return TestJob.await(store.markLost(this.job.id(), store.grace(), lost));
	}

}
