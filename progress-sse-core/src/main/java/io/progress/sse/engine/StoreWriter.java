package io.progress.sse.engine;

import java.util.Objects;

import reactor.core.publisher.Mono;

import io.progress.sse.event.JobInfo;
import io.progress.sse.store.AppendMode;
import io.progress.sse.store.AppendResult;
import io.progress.sse.store.EventBatch;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.LeasedProgressEventStore;
import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.store.WriterToken;

/**
 * Speaks with the store for one job.
 */
final class StoreWriter {

	private static final long NEVER = Long.MAX_VALUE / 2;

	private final ProgressEventStore store;

	private final JobInfo job;

	private final WriterToken writer;

	private final long beatNanos;

	StoreWriter(ProgressEventStore store, JobInfo job, WriterToken writer) {
		this.store = store;
		this.job = job;
		this.writer = writer;
		this.beatNanos = (store instanceof LeasedProgressEventStore leased) ? leased.lease().dividedBy(3).toNanos()
				: NEVER;
	}

	/**
	 * Appends a batch. One that would replace another run looks at it first, at each try:
	 * only a run of the same owner that is over gives way, and only to one.
	 */
	Mono<AppendResult> append(EventBatch batch) {
		if (batch.mode() != AppendMode.REPLACE) {
			return this.store.append(batch);
		}
		EventBatch creating = new EventBatch(batch.job(), batch.writer(), batch.firstSequence(), batch.events(),
				AppendMode.CREATE);
		return this.store.read(this.job.id(), null, 0)
			.map((page) -> givesWay(page) ? new EventBatch(batch.job(), batch.writer(), batch.firstSequence(),
					batch.events(), AppendMode.REPLACE, page.latest().id()) : creating)
			.defaultIfEmpty(creating)
			.flatMap(this.store::append);
	}

	private boolean givesWay(EventPage page) {
		return (page.ended() || page.overdue()) && Objects.equals(page.job().owner(), this.job.owner());
	}

	/**
	 * How often a worker that has nothing to say shows that it is alive.
	 * @return the pause, in nanoseconds; as good as for ever if the store has no leases
	 */
	long beatNanos() {
		return this.beatNanos;
	}

	/**
	 * Shows that the worker is alive. A beat that fails is not repeated: the next one is
	 * due before the lease is over.
	 * @param ifUnknown runs if the store does not hold the job as ours, or as lost
	 */
	void beat(Runnable ifUnknown) {
		if (this.store instanceof LeasedProgressEventStore leased) {
			Mono.defer(() -> leased.beat(this.job, this.writer)).onErrorReturn(true).subscribe((known) -> {
				if (!known) {
					ifUnknown.run();
				}
			});
		}
	}

}
