package io.progress.sse.test;

import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.progress.sse.event.JobId;
import io.progress.sse.store.AppendResult;
import io.progress.sse.store.EventBatch;
import io.progress.sse.store.EventId;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.JobCursor;
import io.progress.sse.store.JobIndex;
import io.progress.sse.store.JobNotice;
import io.progress.sse.store.JobPage;
import io.progress.sse.store.JobQuery;
import io.progress.sse.store.ListedJob;
import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.store.StoreNotice;
import io.progress.sse.store.memory.InMemoryProgressEventStore;

/**
 * A good index made bad in one way, to see that somebody notices.
 */
final class MutantIndex implements ProgressEventStore, JobIndex {

	private final Set<JobId> lost = new HashSet<>();

	private final InMemoryProgressEventStore store;

	private final Defect defect;

	MutantIndex(InMemoryProgressEventStore store, Defect defect) {
		this.store = store;
		this.defect = defect;
	}

	@Override
	public Mono<JobPage> jobs(JobQuery query) {
		return switch (this.defect) {
			case NO_REPAIR -> this.store.jobs(query)
				.map((page) -> new JobPage(
						page.jobs().stream().filter((listed) -> !this.lost.contains(listed.job().id())).toList(),
						page.next()));
			case REPEATS -> this.store.jobs(query)
				.map((page) -> (page.jobs().size() > 1 && page.next() != null)
						? new JobPage(page.jobs(), place(page.jobs().get(page.jobs().size() - 2))) : page);
			case SKIPS -> this.store.jobs(query)
				.map((page) -> (page.jobs().size() > 1 && page.next() != null)
						? new JobPage(page.jobs().subList(0, page.jobs().size() - 1), page.next()) : page);
			case FOREIGN -> this.store
				.jobs(new JobQuery(null, query.parent(), query.states(), query.name(), query.limit(), query.cursor()));
			case NO_STATES -> this.store.jobs(
					new JobQuery(query.owner(), query.parent(), Set.of(), query.name(), query.limit(), query.cursor()));
			case NO_LAST_PAGE -> this.store.jobs(query)
				.map((page) -> (page.next() == null && !page.jobs().isEmpty())
						? new JobPage(page.jobs(), place(page.jobs().get(page.jobs().size() - 1))) : page);
			default -> this.store.jobs(query);
		};
	}

	@Override
	public Flux<JobNotice> jobNotices(@Nullable String owner) {
		return switch (this.defect) {
			case SILENT_END -> this.store.jobNotices(owner).filter((notice) -> !(notice instanceof JobNotice.Ended));
			case FOREIGN -> this.store.jobNotices(null);
			default -> this.store.jobNotices(owner);
		};
	}

	private static String place(ListedJob listed) {
		return JobCursor.of(listed.job()).toString();
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
		return this.store.delete(job).doOnNext((known) -> this.lost.add(job));
	}

	enum Defect {

		NONE, NO_REPAIR, NO_BOUND, REPEATS, SKIPS, FOREIGN, NO_STATES, NO_LAST_PAGE, SILENT_END

	}

}
