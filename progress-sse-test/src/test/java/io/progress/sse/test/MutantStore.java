package io.progress.sse.test;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.progress.sse.event.JobId;
import io.progress.sse.store.AppendMode;
import io.progress.sse.store.AppendResult;
import io.progress.sse.store.EventBatch;
import io.progress.sse.store.EventId;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.LosslessProgressEventStore;
import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.store.StoreNotice;
import io.progress.sse.store.WriterToken;

/**
 * A good store made bad in one way, to see that somebody notices. It claims to be what
 * the good one is.
 */
final class MutantStore implements LosslessProgressEventStore {

	private final ProgressEventStore store;

	private final Defect defect;

	private final Map<JobId, Long> sequences = new HashMap<>();

	MutantStore(ProgressEventStore store, Defect defect) {
		this.store = store;
		this.defect = defect;
	}

	@Override
	public Mono<AppendResult> append(EventBatch batch) {
		return switch (this.defect) {
			case NO_IDEMPOTENCY -> Mono.defer(() -> this.store.append(renumbered(batch)));
			case NO_FENCE -> this.store.append(new EventBatch(batch.job(), new WriterToken("0".repeat(32)),
					batch.firstSequence(), batch.events(), batch.mode()));
			case NO_GAP_CHECK -> this.store.append(new EventBatch(batch.job(), batch.writer(), batch.firstSequence(),
					batch.events(), (batch.mode() == AppendMode.CONTINUE) ? AppendMode.RESTORE : batch.mode()));
			default -> this.store.append(batch);
		};
	}

	@Override
	public Mono<EventPage> read(JobId job, @Nullable EventId after, int limit) {
		if (this.defect == Defect.DROPS_MILESTONES) {
			return this.store.read(job, after, limit).map(MutantStore::withoutOldOnes);
		}
		if (after != null && this.defect == Defect.REFUSES_DROPPED_TICKS) {
			return Mono.zip(this.store.read(job, null, TestJob.ALL), this.store.read(job, after, limit),
					(all, page) -> strict(all, after, page));
		}
		if (after == null || this.defect != Defect.NO_EXACT_MATCH) {
			return this.store.read(job, after, limit);
		}
		return this.store.read(job, null, TestJob.ALL)
			.map((page) -> new EventPage(page.job(), false,
					page.events().stream().filter((event) -> event.id().compareTo(after) > 0).limit(limit).toList(),
					page.earliest(), page.latest(), page.lease()));
	}

	@Override
	public Flux<StoreNotice> listen(JobId job) {
		return switch (this.defect) {
			case READY_TOO_EARLY -> Flux.defer(() -> {
				AtomicBoolean deaf = new AtomicBoolean(true);
				return this.store.listen(job)
					.filter((notice) -> !(notice instanceof StoreNotice.Live) || !deaf.getAndSet(false));
			});
			case NO_CHAIN -> this.store.listen(job)
				.map((notice) -> (notice instanceof StoreNotice.Live live) ? new StoreNotice.Live(live.event(), null)
						: notice);
			case FORGETFUL -> Flux.defer(() -> {
				AtomicInteger told = new AtomicInteger();
				return this.store.listen(job)
					.filter((notice) -> !(notice instanceof StoreNotice.Live) || told.incrementAndGet() != 5);
			});
			case TOO_LATE -> this.store.listen(job)
				.concatMap((notice) -> (notice instanceof StoreNotice.Live)
						? Mono.just(notice).delayElement(Duration.ofSeconds(1)) : Mono.just(notice));
			case SILENT_REPLACEMENT -> this.store.listen(job)
				.filter((notice) -> !(notice instanceof StoreNotice.Live live) || live.previous() != null);
			case SILENT_DELETION -> this.store.listen(job).distinct();
			default -> this.store.listen(job);
		};
	}

	@Override
	public Mono<Boolean> delete(JobId job) {
		return this.store.delete(job);
	}

	/** As if only the newest events were kept, of whatever kind. */
	private static EventPage withoutOldOnes(EventPage page) {
		long from = page.latest().id().n() - 50;
		return new EventPage(page.job(), page.stale(),
				page.events().stream().filter((event) -> event.id().n() >= from).toList(), page.earliest(),
				page.latest(), page.lease());
	}

	/** As if a cursor were good only while its very event is stored. */
	private static EventPage strict(EventPage all, EventId after, EventPage page) {
		boolean stored = all.events().stream().anyMatch((event) -> event.id().equals(after));
		return stored ? page : new EventPage(page.job(), true, List.of(), page.earliest(), page.latest(), page.lease());
	}

	private EventBatch renumbered(EventBatch batch) {
		long last = this.sequences.merge(batch.job().id(), (long) batch.events().size(), Long::sum);
		return new EventBatch(batch.job(), batch.writer(), last - batch.events().size() + 1, batch.events(),
				batch.mode());
	}

	enum Defect {

		NONE, NO_IDEMPOTENCY, NO_FENCE, NO_GAP_CHECK, NO_EXACT_MATCH, READY_TOO_EARLY, NO_CHAIN,

		FORGETFUL, TOO_LATE, SILENT_REPLACEMENT, SILENT_DELETION, DROPS_MILESTONES, REFUSES_DROPPED_TICKS

	}

}
