package io.progress.sse.redis;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;

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
import io.progress.sse.store.StoredEvent;
import io.progress.sse.tail.TailSignal;

/**
 * Parts with one safety taken out each.
 */
final class Mutants {

	/** Does not read what it missed when it listens again. */
	static final FaultRun.Tail WITHOUT_CATCH_UP = (store, scheduler, job) -> live(store, job, (last, live) -> true);

	/** Goes by numbers alone, as if a store could not begin anew. */
	static final FaultRun.Tail WITHOUT_CHAIN_CHECK = (store, scheduler, job) -> live(store, job,
			(last, live) -> live.event().id().n() > last);

	private Mutants() {
	}

	/** Takes the same batch for another one at each try. */
	static ProgressEventStore withoutIdempotency(ProgressEventStore store) {
		return new ProgressEventStore() {

			private final AtomicLong sequence = new AtomicLong();

			@Override
			public Mono<AppendResult> append(EventBatch batch) {
				return Mono.defer(() -> {
					long first = this.sequence.getAndAdd(batch.events().size()) + 1;
					return store
						.append(new EventBatch(batch.job(), batch.writer(), first, batch.events(), AppendMode.RESTORE));
				});
			}

			@Override
			public Mono<EventPage> read(JobId job, @Nullable EventId after, int limit) {
				return store.read(job, after, limit);
			}

			@Override
			public Flux<StoreNotice> listen(JobId job) {
				return store.listen(job);
			}

			@Override
			public Mono<Boolean> delete(JobId job) {
				return store.delete(job);
			}

		};
	}

	private static Flux<TailSignal> live(ProgressEventStore store, JobId job,
			BiPredicate<Long, StoreNotice.Live> taken) {
		AtomicLong last = new AtomicLong();
		Flux<StoredEvent> live = store.listen(job)
			.ofType(StoreNotice.Live.class)
			.filter((notice) -> taken.test(last.get(), notice))
			.map(StoreNotice.Live::event);
		return store.read(job, null, 1000)
			.repeatWhenEmpty((again) -> again)
			.flatMapIterable(EventPage::events)
			.concatWith(live)
			.doOnNext((event) -> last.set(event.id().n()))
			.takeUntil((event) -> event.event().isTerminal())
			.map(TailSignal.Next::new);
	}

}
