package io.progress.sse.web;

import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import io.progress.sse.event.JobId;
import io.progress.sse.store.AppendResult;
import io.progress.sse.store.EventBatch;
import io.progress.sse.store.EventId;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.JobIndex;
import io.progress.sse.store.JobNotice;
import io.progress.sse.store.JobPage;
import io.progress.sse.store.JobQuery;
import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.store.StoreNotice;
import io.progress.sse.store.memory.InMemoryProgressEventStore;

/**
 * A store whose index answers late, or with the jobs of all owners.
 */
final class TestIndex implements ProgressEventStore, JobIndex {

	private final InMemoryProgressEventStore store;

	private final boolean foreign;

	private final int late;

	private final AtomicInteger questions = new AtomicInteger();

	private final Sinks.Empty<Void> answers = Sinks.empty();

	private TestIndex(InMemoryProgressEventStore store, boolean foreign, int late) {
		this.store = store;
		this.foreign = foreign;
		this.late = late;
	}

	/** Gives the jobs of all owners to all who ask. */
	static TestIndex foreign(InMemoryProgressEventStore store) {
		return new TestIndex(store, true, 0);
	}

	/**
	 * Keeps one answer until {@link #answer()}.
	 * @param late which one, from 1 on
	 */
	static TestIndex late(InMemoryProgressEventStore store, int late) {
		return new TestIndex(store, false, late);
	}

	/** How many pages were asked for. */
	int questions() {
		return this.questions.get();
	}

	void answer() {
		this.answers.tryEmitEmpty();
	}

	@Override
	public Mono<JobPage> jobs(JobQuery query) {
		JobQuery asked = this.foreign
				? new JobQuery(null, query.parent(), query.states(), query.name(), query.limit(), query.cursor())
				: query;
		return Mono.defer(() -> this.store.jobs(asked)).flatMap((page) -> {
			boolean late = this.questions.incrementAndGet() == this.late;
			return late ? this.answers.asMono().thenReturn(page) : Mono.just(page);
		});
	}

	@Override
	public Flux<JobNotice> jobNotices(@Nullable String owner) {
		return this.store.jobNotices(this.foreign ? null : owner);
	}

	@Override
	public Mono<AppendResult> append(EventBatch batch) {
		return this.store.append(batch);
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
