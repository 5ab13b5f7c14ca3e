package io.progress.sse.store;

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

/**
 * The lease of one job as one tail sees it.
 */
final class Lease {

	/** A worker that is always late must not be looked at all the time. */
	private static final long MIN_LOOK_MILLIS = 50;

	private final LeasedProgressEventStore store;

	private final Scheduler scheduler;

	private boolean overdue;

	private long nextLook = Long.MAX_VALUE;

	Lease(LeasedProgressEventStore store, Scheduler scheduler) {
		this.store = store;
		this.scheduler = scheduler;
	}

	/**
	 * Judges the worker by a page that was just read, and marks the job as lost when it
	 * is time to.
	 * @param page the page; {@code null} if the job is unknown
	 * @return what is to be signalled; {@code null} for nothing
	 */
	@Nullable TailSignal judge(@Nullable EventPage page) {
		look();
		return (page != null) ? judgeJob(page) : null;
	}

	/** In how many milliseconds to look again at the latest. */
	long millisToLook() {
		return (this.nextLook == Long.MAX_VALUE) ? Long.MAX_VALUE : Math.max(MIN_LOOK_MILLIS, this.nextLook - now());
	}

	/** The tail looks now; when to do so again is said by the next page. */
	void look() {
		this.nextLook = Long.MAX_VALUE;
	}

	private @Nullable TailSignal judgeJob(EventPage page) {
		Duration left = page.lease();
		ProgressEvent latest = page.latest().event();
		if (left == null || latest.state() == JobState.LOST) {
			return null;
		}
		if (!left.isNegative()) {
			this.overdue = false;
			lookIn(left);
			return null;
		}
		Duration grace = this.store.grace();
		Duration rest = grace.plus(left);
		if (!rest.isNegative()) {
			lookIn(rest);
		}
		else {
			mark(page, grace);
		}
		if (this.overdue) {
			return null;
		}
		this.overdue = true;
		return new TailSignal.Overdue(
				new EventPage(page.job(), false, List.of(), page.earliest(), page.latest(), left));
	}

	private void lookIn(Duration rest) {
		this.nextLook = now() + rest.toMillis() + 1;
	}

	private long now() {
		return this.scheduler.now(TimeUnit.MILLISECONDS);
	}

	/**
	 * Whether it worked is seen by the event; if none comes, the next check tries again.
	 */
	private void mark(EventPage page, Duration grace) {
		Mono.defer(() -> this.store.markLost(page.job().id(), grace, lost(page))).subscribe((marked) -> {
		}, (ex) -> {
		});
	}

	private ProgressEvent lost(EventPage page) {
		ProgressEvent latest = page.latest().event();
		Progress at = latest.progress();
		Instant now = Instant.ofEpochMilli(now());
		return ProgressEvent.builder(page.job(), JobState.LOST, now)
			.attempt(latest.attempt())
			.phase(latest.phase())
			.message(latest.message())
			.progress(new Progress(at.fraction(), at.completed(), at.total(), at.unit(), null, null))
			.data(latest.data())
			.build();
	}

}
