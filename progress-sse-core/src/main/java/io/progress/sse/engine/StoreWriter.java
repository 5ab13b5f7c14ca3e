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
 * Writes the batches and beats of one job to the store.
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
	 * Appends a batch. A batch that would replace another run first reads that run, at
	 * each try: only a run that is over and has the same owner is replaced, and only
	 * once.
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
	 * Returns the pause between two beats of a worker that has nothing to append.
	 * @return nanoseconds; {@link Long#MAX_VALUE} or nearly that if the store has no
	 * leases
	 */
	long beatNanos() {
		return this.beatNanos;
	}

	/**
	 * Shows that the worker is alive. A beat that fails is not repeated, because the next
	 * one is due before the lease is over.
	 * @param ifUnknown runs if the store denies the beat
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
