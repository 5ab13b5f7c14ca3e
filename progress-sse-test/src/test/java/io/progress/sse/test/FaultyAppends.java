package io.progress.sse.test;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.progress.sse.event.JobId;
import io.progress.sse.store.AppendMode;
import io.progress.sse.store.AppendResult;
import io.progress.sse.store.EventBatch;
import io.progress.sse.store.EventId;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.store.StoreNotice;

/**
 * A good store whose appends throw now and then, at each place where they can, and are
 * answered late.
 */
final class FaultyAppends implements ProgressEventStore {

	/** One in how many jobs is admitted late. */
	private static final int LATE = 4;

	/**
	 * One in how many late answers throws: few, because Reactor loses an answer at which
	 * a fatal error is thrown on its own thread, and the outbox then waits ten seconds
	 * before it repeats.
	 */
	private static final int LOST = 4_000;

	private final AtomicLong creations = new AtomicLong();

	private final ForeignFaults faults;

	private final ProgressEventStore store;

	FaultyAppends(ProgressEventStore store, long seed) {
		this.store = store;
		this.faults = new ForeignFaults(seed);
	}

	@Override
	public Mono<AppendResult> append(EventBatch batch) {
		this.faults.maybe("append", 200);
		return Mono.defer(() -> {
			this.faults.maybe("subscription", 200);
			Mono<AppendResult> answer = this.store.append(batch);
			return (batch.mode() == AppendMode.CREATE && this.creations.incrementAndGet() % LATE == 0)
					? answer.delayElement(Duration.ofMillis(1))
						.doOnNext((result) -> this.faults.maybe("late answer", LOST))
					: answer.doOnNext((result) -> this.faults.maybe("answer", 200));
		});
	}

	@Override
	public Mono<EventPage> read(JobId job, @Nullable EventId after, int limit) {
		return this.store.read(job, after, limit);
	}

	@Override
	public Flux<StoreNotice> listen(JobId job) {
		return this.store.listen(job);
	}

	@Override
	public Mono<Boolean> delete(JobId job) {
		return this.store.delete(job);
	}

}
