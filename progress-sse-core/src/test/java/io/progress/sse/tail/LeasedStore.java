package io.progress.sse.tail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.AppendResult;
import io.progress.sse.store.CancelRelay;
import io.progress.sse.store.EventBatch;
import io.progress.sse.store.EventId;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.LeasedProgressEventStore;
import io.progress.sse.store.StoreNotice;
import io.progress.sse.store.WriterToken;
import io.progress.sse.store.memory.InMemoryProgressEventStore;

/**
 * A store in memory with a lease on the time of a scheduler, for several trackers. Only
 * remembers what was to be marked as lost.
 */
public final class LeasedStore implements LeasedProgressEventStore, CancelRelay {

	static final Duration LEASE = Duration.ofSeconds(30);

	static final Duration GRACE = Duration.ofSeconds(20);

	final List<ProgressEvent> lost = new ArrayList<>();

	private final InMemoryProgressEventStore store = InMemoryProgressEventStore.builder().build();

	private volatile Sinks.Many<JobId> cancelRequests = Sinks.many().multicast().directBestEffort();

	private final Scheduler time;

	private long leaseEnd;

	/** How often it was asked for a page. */
	int reads;

	boolean readable = true;

	private int refusals;

	public LeasedStore(Scheduler time) {
		this.time = time;
	}

	@Override
	public Duration lease() {
		return LEASE;
	}

	@Override
	public Duration grace() {
		return GRACE;
	}

	/** As if nothing had been heard of the workers for long. */
	public void expire() {
		expire(Duration.ofMillis(1));
	}

	void expire(Duration ago) {
		this.leaseEnd = this.time.now(TimeUnit.MILLISECONDS) - ago.toMillis();
	}

	/** Refuses some wishes to cancel. */
	public void refuse(int wishes) {
		this.refusals = wishes;
	}

	/** Those that listen have to do so again. */
	public void failToTellOfCancels() {
		Sinks.Many<JobId> failed = this.cancelRequests;
		this.cancelRequests = Sinks.many().multicast().directBestEffort();
		failed.tryEmitError(new IllegalStateException("gone"));
	}

	void renew() {
		this.leaseEnd = this.time.now(TimeUnit.MILLISECONDS) + LEASE.toMillis();
	}

	@Override
	public Mono<AppendResult> append(EventBatch batch) {
		return this.store.append(batch).doOnNext((result) -> {
			if (result.status() == AppendResult.Status.STORED) {
				renew();
			}
		});
	}

	@Override
	public Mono<EventPage> read(JobId job, @Nullable EventId after, int limit) {
		this.reads++;
		if (!this.readable) {
			return Mono.error(new IllegalStateException("out of reach"));
		}
		return this.store.read(job, after, limit)
			.map((page) -> new EventPage(page.job(), page.stale(), page.events(), page.earliest(), page.latest(),
					page.ended() ? null : Duration.ofMillis(this.leaseEnd - this.time.now(TimeUnit.MILLISECONDS))));
	}

	@Override
	public Flux<StoreNotice> listen(JobId job) {
		return this.store.listen(job);
	}

	@Override
	public Mono<Boolean> delete(JobId job) {
		return this.store.delete(job);
	}

	@Override
	public Mono<Boolean> beat(JobInfo job, WriterToken writer) {
		renew();
		return Mono.just(true);
	}

	@Override
	public Mono<Boolean> requestCancel(JobId job) {
		return Mono.fromSupplier(() -> {
			if (this.refusals-- > 0) {
				throw new IllegalStateException("refused");
			}
			return this.cancelRequests.tryEmitNext(job).isSuccess();
		});
	}

	@Override
	public Flux<JobId> cancelRequests() {
		return Flux.defer(() -> this.cancelRequests.asFlux());
	}

	@Override
	public Mono<Boolean> markLost(JobId job, Duration grace, ProgressEvent lost) {
		return Mono.fromSupplier(() -> {
			this.lost.add(lost);
			return true;
		});
	}

}
