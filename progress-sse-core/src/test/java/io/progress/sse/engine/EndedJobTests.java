package io.progress.sse.engine;

import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

import io.progress.sse.DuplicateJobs;
import io.progress.sse.JobSpec;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressTracker;
import io.progress.sse.event.JobId;
import io.progress.sse.event.JobState;
import io.progress.sse.store.EventPage;
import io.progress.sse.tail.LeasedStore;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A job that has ended, in a store that may forget what it has acknowledged.
 */
class EndedJobTests {

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final LeasedStore store = new LeasedStore(this.time);

	private final ProgressTracker tracker = ProgressTrackerBuilder.forStore(this.store).scheduler(this.time).build();

	private final ProgressJob job = this.tracker.open(JobSpec.named("export"));

	@AfterEach
	void close() {
		this.tracker.close();
		this.time.dispose();
	}

	@Test
	void isRestoredWithItsEndWhenTheStoreForgetsIt() {
		this.job.begin();
		this.job.done();
		this.store.delete(this.job.id()).block(PATIENCE);
		this.time.advanceTimeBy(TerminalEventRepair.AFTER.get(0));
		EventPage page = page();
		assertThat(page.latest().event().state()).isEqualTo(JobState.DONE);
		assertThat(page.events()).extracting((event) -> event.event().state())
			.containsExactly(JobState.QUEUED, JobState.RUNNING, JobState.DONE);
	}

	@Test
	void isLookedAfterForHalfAMinute() {
		this.job.done();
		this.time.advanceTimeBy(TerminalEventRepair.AFTER.get(1));
		this.store.delete(this.job.id()).block(PATIENCE);
		this.time.advanceTimeBy(TerminalEventRepair.AFTER.get(2));
		assertThat(page().ended()).isTrue();
		this.store.delete(this.job.id()).block(PATIENCE);
		this.time.advanceTimeBy(Duration.ofHours(1));
		assertThat(this.store.read(this.job.id(), null, 0).blockOptional(PATIENCE)).isEmpty();
	}

	@Test
	void isLeftAloneWhenTheStoreHasIt() {
		this.job.done();
		EventPage before = page();
		this.time.advanceTimeBy(Duration.ofHours(1));
		assertThat(page()).isEqualTo(before);
	}

	@Test
	void givesWayToAnotherRun() {
		this.job.done();
		JobId id = this.job.id();
		this.tracker.open(JobSpec.named("export").withId(id).onDuplicate(DuplicateJobs.REPLACE));
		this.time.advanceTimeBy(Duration.ofMinutes(1));
		assertThat(page().ended()).isFalse();
	}

	private EventPage page() {
		return this.store.read(this.job.id(), null, 100).block(PATIENCE);
	}

}
