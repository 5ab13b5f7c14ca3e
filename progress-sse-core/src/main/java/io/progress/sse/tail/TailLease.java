package io.progress.sse.tail;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import io.progress.sse.event.JobState;
import io.progress.sse.event.Progress;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.EventId;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.LeasedProgressEventStore;

/**
 * The lease of one job as one tail sees it.
 */
final class TailLease {

	/**
	 * Shortest pause between two checks, so that a worker that is always late does not
	 * cause constant reads.
	 */
	private static final long MIN_LOOK_MILLIS = 50;

	private static final long LONG_AGO = Long.MIN_VALUE / 2;

	private static final long NOT = Long.MAX_VALUE;

	private final LeasedProgressEventStore store;

	private final Scheduler scheduler;

	/**
	 * The event after which the worker was signalled as overdue; {@code null} if it is
	 * not overdue.
	 */
	private @Nullable EventId overdueAt;

	/**
	 * Since when this tail has seen the worker as overdue. A tail that starts later
	 * relies on the store's lease alone.
	 */
	private long overdueSince = LONG_AGO;

	private long nextLook = Long.MAX_VALUE;

	TailLease(LeasedProgressEventStore store, Scheduler scheduler) {
		this.store = store;
		this.scheduler = scheduler;
	}

	/**
	 * Checks the lease in a page that was just read, and marks the job as lost if grace
	 * is over.
	 * @param page the page; {@code null} if the job is unknown
	 * @return the signal; {@code null} for nothing
	 */
	@Nullable TailSignal judge(@Nullable EventPage page) {
		look();
		return (page != null) ? judgeJob(page) : null;
	}

	/** Returns in how many milliseconds the next check is due. */
	long millisToLook() {
		return (this.nextLook == Long.MAX_VALUE) ? Long.MAX_VALUE : Math.max(MIN_LOOK_MILLIS, this.nextLook - now());
	}

	/** Called when the tail reads; the next page sets the time of the next check. */
	void look() {
		this.nextLook = Long.MAX_VALUE;
	}

	/**
	 * Called when the store is unreachable. The worker may not reach it either, so its
	 * delay is measured anew.
	 */
	void outOfSight() {
		this.overdueSince = NOT;
	}

	private @Nullable TailSignal judgeJob(EventPage page) {
		Duration left = page.lease();
		ProgressEvent latest = page.latest().event();
		if (left == null || latest.state() == JobState.LOST) {
			return null;
		}
		if (!left.isNegative()) {
			boolean silent = page.latest().id().equals(this.overdueAt);
			this.overdueAt = null;
			this.overdueSince = NOT;
			lookIn(left);
			return silent ? new TailSignal.Heard(standing(page)) : null;
		}
		if (this.overdueSince == NOT) {
			this.overdueSince = now();
		}
		Duration grace = this.store.grace();
		Duration rest = longer(grace.plus(left), patience());
		if (!rest.isNegative()) {
			lookIn(rest);
		}
		else {
			mark(page, grace);
		}
		if (this.overdueAt != null) {
			return null;
		}
		this.overdueAt = page.latest().id();
		return new TailSignal.Overdue(standing(page));
	}

	private static EventPage standing(EventPage page) {
		return new EventPage(page.job(), false, List.of(), page.earliest(), page.latest(), page.lease());
	}

	/**
	 * Returns how long the worker still has to renew its lease. The store may have been
	 * unreachable or the process paused, so the worker gets at least the time for one
	 * beat.
	 */
	private Duration patience() {
		return this.store.lease().dividedBy(2).minusMillis(now() - this.overdueSince);
	}

	private static Duration longer(Duration one, Duration other) {
		return (one.compareTo(other) > 0) ? one : other;
	}

	private void lookIn(Duration rest) {
		this.nextLook = now() + rest.toMillis() + 1;
	}

	/** Returns a time for measuring durations only, because a wall clock may be set. */
	private long now() {
		return this.scheduler.now(TimeUnit.NANOSECONDS) / 1_000_000;
	}

	/**
	 * Success shows as an event; if none comes, the next check tries again.
	 */
	private void mark(EventPage page, Duration grace) {
		Mono.defer(() -> this.store.markLost(page.job().id(), grace, lost(page))).subscribe((marked) -> {
		}, (ex) -> {
		});
	}

	private ProgressEvent lost(EventPage page) {
		ProgressEvent latest = page.latest().event();
		Progress at = latest.progress();
		Instant now = Instant.ofEpochMilli(this.scheduler.now(TimeUnit.MILLISECONDS));
		return ProgressEvent.builder(page.job(), JobState.LOST, now)
			.attempt(latest.attempt())
			.phase(latest.phase())
			.message(latest.message())
			.progress(new Progress(at.fraction(), at.completed(), at.total(), at.unit(), null, null))
			.data(latest.data())
			.build();
	}

}
