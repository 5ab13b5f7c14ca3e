package io.progress.sse.engine;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;

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
 * A real store behind a bad line. Remembers every try.
 */
final class FaultyStore implements ProgressEventStore {

	/** Nothing arrives. */
	static final Fault OUT_OF_REACH = (batch, store) -> Mono.error(new IllegalStateException("out of reach"));

	/** The batch arrives, the answer does not. */
	static final Fault LOST_REPLY = (batch, store) -> store.append(batch).then(OUT_OF_REACH.append(batch, store));

	/** The batch arrives twice. */
	static final Fault TWICE = (batch, store) -> store.append(batch).then(store.append(batch));

	/** Nothing arrives, and nothing is said. */
	static final Fault SILENCE = (batch, store) -> Mono.never();

	static final Fault NONE = (batch, store) -> store.append(batch);

	final List<EventBatch> tries = new CopyOnWriteArrayList<>();

	private final Queue<Fault> next = new ArrayDeque<>();

	private final ProgressEventStore store;

	private volatile Fault usual = NONE;

	FaultyStore(ProgressEventStore store) {
		this.store = store;
	}

	void usually(Fault fault) {
		this.usual = fault;
	}

	void next(Fault... faults) {
		this.next.addAll(List.of(faults));
	}

	@Override
	public Mono<AppendResult> append(EventBatch batch) {
		return Mono.defer(() -> {
			this.tries.add(batch);
			Fault fault = this.next.poll();
			return ((fault != null) ? fault : this.usual).append(batch, this.store);
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

	interface Fault {

		Mono<AppendResult> append(EventBatch batch, ProgressEventStore store);

	}

}
