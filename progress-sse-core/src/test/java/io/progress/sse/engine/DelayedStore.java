package io.progress.sse.engine;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import io.progress.sse.event.JobId;
import io.progress.sse.store.AppendResult;
import io.progress.sse.store.EventBatch;
import io.progress.sse.store.EventId;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.store.StoreNotice;

/**
 * A real store at the other end of a wire: nothing has happened yet when a call returns.
 */
final class DelayedStore implements ProgressEventStore {

	private final ProgressEventStore store;

	private final Scheduler wire;

	DelayedStore(ProgressEventStore store, Scheduler wire) {
		this.store = store;
		this.wire = wire;
	}

	@Override
	public Mono<AppendResult> append(EventBatch batch) {
		return this.store.append(batch).subscribeOn(this.wire);
	}

	@Override
	public Mono<EventPage> read(JobId job, @Nullable EventId after, int limit) {
		return this.store.read(job, after, limit).subscribeOn(this.wire);
	}

	@Override
	public Flux<StoreNotice> listen(JobId job) {
		return this.store.listen(job);
	}

	@Override
	public Mono<Boolean> delete(JobId job) {
		return this.store.delete(job).subscribeOn(this.wire);
	}

}
