package io.progress.sse.tail;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

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
import io.progress.sse.store.memory.InMemoryProgressEventStore;

/**
 * A store with a replica that may fall behind, and then take over.
 */
final class ReplicatedStore implements ProgressEventStore {

	private static final Clock BEFORE = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

	private static final Clock AFTER = Clock.offset(BEFORE, Duration.ofSeconds(1));

	private boolean failedOver;

	private final ProgressEventStore master = storeOf(BEFORE);

	private final ProgressEventStore replica = storeOf(clock());

	private boolean replicating = true;

	private static ProgressEventStore storeOf(Clock clock) {
		return InMemoryProgressEventStore.builder().clock(clock).eventsPerJob(20_000).build();
	}

	/** From here on nothing reaches the replica. */
	void stopReplication() {
		this.replicating = false;
	}

	void failOver() {
		this.failedOver = true;
	}

	@Override
	public Mono<AppendResult> append(EventBatch batch) {
		return this.replicating ? this.replica.append(batch).then(current().append(batch)) : current().append(batch);
	}

	@Override
	public Mono<EventPage> read(JobId job, @Nullable EventId after, int limit) {
		return current().read(job, after, limit);
	}

	@Override
	public Flux<StoreNotice> listen(JobId job) {
		return Flux.merge(this.master.listen(job),
				this.replica.listen(job).filter((notice) -> this.failedOver || !(notice instanceof StoreNotice.Live)));
	}

	@Override
	public Mono<Boolean> delete(JobId job) {
		return this.replica.delete(job).then(this.master.delete(job));
	}

	private ProgressEventStore current() {
		return this.failedOver ? this.replica : this.master;
	}

	/** Later after the failover, so that no id is given twice. */
	private Clock clock() {
		return new Clock() {
			@Override
			public Instant instant() {
				return (ReplicatedStore.this.failedOver ? AFTER : BEFORE).instant();
			}

			@Override
			public ZoneOffset getZone() {
				return ZoneOffset.UTC;
			}

			@Override
			public Clock withZone(ZoneId zone) {
				return this;
			}
		};
	}

}
