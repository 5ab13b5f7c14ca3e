package io.progress.sse.test;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobId;
import io.progress.sse.store.JobIndex;
import io.progress.sse.store.JobPage;
import io.progress.sse.store.JobQuery;
import io.progress.sse.store.ListedJob;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A walk through the pages of a query.
 */
final class IndexWalk {

	private static final int MOST_PAGES = 10_000;

	private final List<ListedJob> jobs = new ArrayList<>();

	private final JobIndex index;

	private final JobQuery query;

	private @Nullable String cursor;

	private int pages;

	IndexWalk(JobIndex index, JobQuery query) {
		this.index = index;
		this.query = query;
	}

	/** All jobs that match. */
	static List<ListedJob> all(JobIndex index, JobQuery query) {
		IndexWalk walk = new IndexWalk(index, query);
		while (walk.goOn()) {
			// Page by page.
		}
		return walk.jobs;
	}

	static List<JobId> ids(JobIndex index, JobQuery query) {
		return ids(all(index, query));
	}

	static List<JobId> ids(List<ListedJob> jobs) {
		return jobs.stream().map((listed) -> listed.job().id()).toList();
	}

	/**
	 * Takes the next page.
	 * @return whether there are more
	 */
	boolean goOn() {
		JobPage page = TestJob.await(this.index.jobs(this.query.from(this.cursor)));
		assertThat(page.jobs()).as("page").hasSizeLessThanOrEqualTo(this.query.limit());
		this.jobs.addAll(page.jobs());
		this.cursor = page.next();
		assertThat(this.pages++).as("pages").isLessThan(MOST_PAGES);
		if (this.cursor != null) {
			assertThat(this.cursor).matches("[A-Za-z0-9_~-]+");
		}
		return this.cursor != null;
	}

	List<JobId> ids() {
		return ids(this.jobs);
	}

}
