package io.progress.sse.store.memory;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.store.JobCursor;
import io.progress.sse.store.JobPage;
import io.progress.sse.store.JobQuery;
import io.progress.sse.store.ListedJob;

/**
 * The lists of jobs: one of all, one for each owner, one for each job that has children.
 * They contain all jobs of the store except those that were removed from a full list.
 * Safe for use by many threads.
 */
final class JobLists {

	private static final Key ALL = new Key(null, null);

	/** How many jobs are looked at for one page. */
	private static final int MAX_LOOKED_AT = 2_000;

	private final Map<Key, JobList> lists = new ConcurrentHashMap<>();

	private final LongAdder dropped = new LongAdder();

	private final int jobsPerOwner;

	/**
	 * Creates the lists.
	 * @param jobsPerOwner how many jobs of an owner, and how many children of a job, are
	 * listed at most
	 */
	JobLists(int jobsPerOwner) {
		this.jobsPerOwner = jobsPerOwner;
	}

	void add(StoredJob job) {
		change(ALL, (list) -> list.add(job));
		eachFew(job.info(), (list) -> {
			list.add(job);
			this.dropped.add(list.trim(this.jobsPerOwner));
		});
	}

	/** Removes a job from the lists of jobs that have not ended. */
	void end(StoredJob job) {
		each(job.info(), (list) -> list.end(job));
	}

	void remove(StoredJob job) {
		each(job.info(), (list) -> list.remove(job));
	}

	/** Returns how many jobs were removed from full lists. */
	long dropped() {
		return this.dropped.sum();
	}

	/**
	 * Returns a page of jobs.
	 * @param query the query
	 * @param state returns the state of a job; {@code null} if it was removed meanwhile
	 */
	JobPage page(JobQuery query, Function<StoredJob, @Nullable ListedJob> state) {
		JobCursor last = (query.cursor() != null) ? JobCursor.parse(query.cursor()) : null;
		List<ListedJob> found = new ArrayList<>();
		int lookedAt = 0;
		for (Map.Entry<JobCursor, StoredJob> each : candidates(query, last).entrySet()) {
			if (lookedAt++ == MAX_LOOKED_AT) {
				return new JobPage(found, String.valueOf(last));
			}
			ListedJob listed = query.selects(each.getValue().info()) ? state.apply(each.getValue()) : null;
			if (listed != null && query.selects(listed.job(), listed.latest().event())) {
				if (found.size() == query.limit()) {
					return new JobPage(found, String.valueOf(last));
				}
				found.add(listed);
			}
			last = each.getKey();
		}
		return new JobPage(found, null);
	}

	/**
	 * Returns the jobs that may match a query, in order, as a view that changes with the
	 * list.
	 */
	private NavigableMap<JobCursor, StoredJob> candidates(JobQuery query, @Nullable JobCursor cursor) {
		Key key = (query.parent() != null) ? new Key(null, query.parent()) : new Key(query.owner(), null);
		JobList list = this.lists.get(key);
		return (list != null) ? list.behind(cursor, query.isForRunning()) : Collections.emptyNavigableMap();
	}

	private void each(JobInfo job, Consumer<JobList> change) {
		change(ALL, change);
		eachFew(job, change);
	}

	/** Runs an action for each list of a job except the list of all jobs. */
	private void eachFew(JobInfo job, Consumer<JobList> change) {
		if (job.owner() != null) {
			change(new Key(job.owner(), null), change);
		}
		if (job.parent() != null) {
			change(new Key(null, job.parent()), change);
		}
	}

	/** Changes a list, one thread at a time; an empty list is removed. */
	private void change(Key key, Consumer<JobList> change) {
		this.lists.compute(key, (same, known) -> {
			JobList list = (known != null) ? known : new JobList();
			change.accept(list);
			return list.isEmpty() ? null : list;
		});
	}

	private record Key(@Nullable String owner, @Nullable JobId parent) {

	}

}
