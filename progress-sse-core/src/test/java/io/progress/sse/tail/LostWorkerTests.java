package io.progress.sse.tail;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.test.scheduler.VirtualTimeScheduler;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.JobState;
import io.progress.sse.event.Progress;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.AppendMode;
import io.progress.sse.store.EventBatch;
import io.progress.sse.store.WriterToken;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a tail does about a worker that is not heard of any more.
 */
class LostWorkerTests {

	private static final Duration A_MOMENT = Duration.ofMillis(100);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final LeasedStore store = new LeasedStore(this.time);

	private final JobInfo job = new JobInfo(JobId.of("job"), "test", null, null, Instant.EPOCH);

	private final WriterToken writer = WriterToken.of(1);

	private final List<TailSignal.Overdue> overdue = new ArrayList<>();

	private Disposable following = () -> {
	};

	private long sequence;

	@BeforeEach
	void follow() {
		append(JobState.RUNNING);
		this.following = new JobTail(this.store, this.time, Duration.ofMinutes(10)).follow(this.job.id(), null)
			.ofType(TailSignal.Overdue.class)
			.subscribe(this.overdue::add);
		this.time.advanceTimeBy(A_MOMENT);
	}

	@AfterEach
	void stop() {
		this.following.dispose();
		this.time.dispose();
	}

	@Test
	void isNotOverdueWhileItBeats() {
		for (int i = 0; i < 12; i++) {
			this.time.advanceTimeBy(LeasedStore.LEASE.dividedBy(3));
			this.store.renew();
		}
		assertThat(this.overdue).isEmpty();
	}

	@Test
	void isOverdueAsSoonAsItsLeaseIsOver() {
		this.time.advanceTimeBy(LeasedStore.LEASE);
		assertThat(this.overdue).hasSize(1);
		assertThat(this.store.lost).isEmpty();
	}

	@Test
	void isSaidToBeOverdueOnlyOnce() {
		this.time.advanceTimeBy(LeasedStore.LEASE.plus(LeasedStore.GRACE.dividedBy(2)));
		this.store.listen(this.job.id());
		this.time.advanceTimeBy(LeasedStore.GRACE.dividedBy(4));
		assertThat(this.overdue).hasSize(1);
	}

	@Test
	void isLostAsSoonAsTheGraceIsOverWithAllThatWasKnown() {
		this.time.advanceTimeBy(LeasedStore.LEASE.plus(LeasedStore.GRACE).plus(A_MOMENT));
		assertThat(this.store.lost).hasSize(1);
		ProgressEvent lost = this.store.lost.get(0);
		assertThat(lost.state()).isEqualTo(JobState.LOST);
		assertThat(lost.message()).isEqualTo("1");
		assertThat(lost.progress()).isEqualTo(new Progress(0.5, 1L, 2L, "files", null, null));
	}

	@Test
	void canComeBackAndBeOverdueAgain() {
		this.time.advanceTimeBy(LeasedStore.LEASE.plus(A_MOMENT));
		append(JobState.RUNNING);
		this.time.advanceTimeBy(LeasedStore.GRACE);
		assertThat(this.store.lost).isEmpty();
		this.time.advanceTimeBy(LeasedStore.LEASE);
		assertThat(this.overdue).hasSize(2);
	}

	@Test
	void isReportedAliveAgainByABeatWithoutAnEvent() {
		List<TailSignal> signals = new ArrayList<>();
		Disposable tail = new JobTail(this.store, this.time, Duration.ofSeconds(5)).follow(this.job.id(), null)
			.filter((signal) -> signal instanceof TailSignal.Heard || signal instanceof TailSignal.Overdue)
			.subscribe(signals::add);
		this.time.advanceTimeBy(LeasedStore.LEASE.plus(A_MOMENT));
		this.store.renew();
		this.time.advanceTimeBy(LeasedStore.LEASE.dividedBy(2));
		assertThat(signals).hasSize(2).last().isInstanceOf(TailSignal.Heard.class);
		this.time.advanceTimeBy(LeasedStore.LEASE.dividedBy(2).plus(A_MOMENT));
		append(JobState.RUNNING);
		this.time.advanceTimeBy(LeasedStore.LEASE.dividedBy(2));
		assertThat(signals).hasSize(3).last().isInstanceOf(TailSignal.Overdue.class);
		tail.dispose();
	}

	@Test
	void isNotMissedWhenTheJobHasEnded() {
		append(JobState.DONE);
		this.time.advanceTimeBy(Duration.ofHours(1));
		assertThat(this.overdue).isEmpty();
		assertThat(this.store.lost).isEmpty();
	}

	@Test
	void isMarkedAsLostByALaterTail() {
		this.following.dispose();
		this.time.advanceTimeBy(Duration.ofHours(1));
		this.following = new JobTail(this.store, this.time, Duration.ofMinutes(10)).follow(this.job.id(), null)
			.subscribe();
		this.time.advanceTimeBy(A_MOMENT);
		assertThat(this.store.lost).hasSize(1);
	}

	@Test
	void isNotLookedForAnyMoreWhenTheJobIsDeleted() {
		this.store.delete(this.job.id()).block();
		this.time.advanceTimeBy(LeasedStore.LEASE.plusSeconds(10));
		int reads = this.store.reads;
		this.time.advanceTimeBy(Duration.ofSeconds(10));
		assertThat(this.store.reads - reads).isLessThanOrEqualTo(4);
		assertThat(this.overdue).isEmpty();
	}

	@Test
	void isMissedWhenTheJobWasDeletedAndMadeAgain() {
		this.store.delete(this.job.id()).block();
		this.time.advanceTimeBy(LeasedStore.LEASE.plusSeconds(10));
		this.sequence = 0;
		this.store.renew();
		append(JobState.RUNNING);
		assertThat(this.overdue).isEmpty();
		this.time.advanceTimeBy(LeasedStore.LEASE);
		assertThat(this.overdue).hasSize(1);
	}

	@Test
	void isMissedAsSoonAsTheStoreCanSayItWhenItWasAwayAtThatTime() {
		this.store.readable = false;
		this.time.advanceTimeBy(LeasedStore.LEASE.plusSeconds(10));
		assertThat(this.overdue).isEmpty();
		this.store.readable = true;
		this.time.advanceTimeBy(Duration.ofSeconds(3));
		assertThat(this.overdue).hasSize(1);
		this.time.advanceTimeBy(LeasedStore.GRACE);
		assertThat(this.store.lost).hasSize(1);
	}

	@Test
	void isNotCalledLostAfterAnOutageBeforeItCouldBeat() {
		this.store.readable = false;
		this.time.advanceTimeBy(LeasedStore.LEASE.plus(LeasedStore.GRACE).multipliedBy(2));
		this.store.readable = true;
		this.time.advanceTimeBy(LeasedStore.LEASE.dividedBy(3));
		assertThat(this.store.lost).isEmpty();
		this.store.renew();
		this.time.advanceTimeBy(LeasedStore.LEASE.minus(A_MOMENT));
		assertThat(this.store.lost).isEmpty();
	}

	@Test
	void isCalledLostAfterAnOutageIfItDoesNotBeat() {
		this.store.readable = false;
		this.time.advanceTimeBy(LeasedStore.LEASE.plus(LeasedStore.GRACE).multipliedBy(2));
		this.store.readable = true;
		this.time.advanceTimeBy(LeasedStore.LEASE.dividedBy(2).plusSeconds(3));
		assertThat(this.store.lost).hasSize(1);
	}

	@Test
	void isNotCalledLostBeforeItCouldBeatWhenEverythingStoodStill() {
		this.store.expire(LeasedStore.GRACE.multipliedBy(3));
		this.time.advanceTimeBy(LeasedStore.LEASE.plus(LeasedStore.LEASE.dividedBy(3)));
		assertThat(this.overdue).hasSize(1);
		assertThat(this.store.lost).isEmpty();
		this.time.advanceTimeBy(LeasedStore.LEASE.dividedBy(6).plus(A_MOMENT));
		assertThat(this.store.lost).hasSize(1);
	}

	private void append(JobState state) {
		this.sequence++;
		ProgressEvent event = ProgressEvent.builder(this.job, state, Instant.EPOCH)
			.message(Long.toString(this.sequence))
			.progress(new Progress(0.5, 1L, 2L, "files", 3.0, Duration.ofSeconds(4)))
			.build();
		this.store.append(new EventBatch(this.job, this.writer, this.sequence, List.of(event), AppendMode.CONTINUE))
			.block();
		this.time.advanceTimeBy(A_MOMENT);
	}

}
