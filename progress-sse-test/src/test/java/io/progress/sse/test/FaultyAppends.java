package io.progress.sse.test;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.progress.sse.event.JobId;
import io.progress.sse.store.AppendResult;
import io.progress.sse.store.EventBatch;
import io.progress.sse.store.EventId;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.store.StoreNotice;

/**
 * A good store whose appends throw now and then, at each place where they can.
 */
final class FaultyAppends implements ProgressEventStore {

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
			return this.store.append(batch);
		}).doOnNext((result) -> this.faults.maybe("answer", 200));
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
