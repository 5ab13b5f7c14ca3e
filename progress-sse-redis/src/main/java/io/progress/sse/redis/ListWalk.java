package io.progress.sse.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.progress.sse.store.JobCursor;
import io.progress.sse.store.JobPage;
import io.progress.sse.store.JobQuery;
import io.progress.sse.store.ListedJob;

/**
 * Reads through a list until a page is full. Reads one job more than the page has, to
 * know whether there is a next page. Not for use by several threads.
 */
final class ListWalk {

	/** After this many jobs a page ends, even if it is not full. */
	private static final int MOST_LOOKED_AT = 1_000;

	/** How many jobs are read next if the first ones did not match. */
	private static final int STEP = 250;

	private final List<ListedJob> found = new ArrayList<>();

	private final JobQuery query;

	private final boolean forRunning;

	private @Nullable JobCursor last;

	private int lookedAt;

	private boolean full;

	ListWalk(JobQuery query, @Nullable JobCursor cursor) {
		this.query = query;
		this.forRunning = query.isForRunning();
		this.last = cursor;
	}

	boolean isForRunning() {
		return this.forRunning;
	}

	/**
	 * Returns the entry that was taken last; {@code null} at the beginning of the list.
	 */
	@Nullable JobCursor last() {
		return this.last;
	}

	/** Returns how many jobs to read next. */
	int nextCount() {
		int missing = this.query.limit() - this.found.size() + 1;
		return (this.lookedAt == 0) ? missing : Math.max(missing, STEP);
	}

	void take(JobCursor place, @Nullable ListedJob job) {
		boolean selected = job != null && this.query.selects(job.job(), job.latest().event());
		this.full |= selected && this.found.size() == this.query.limit();
		if (this.full) {
			return;
		}
		if (selected) {
			this.found.add(Objects.requireNonNull(job));
		}
		this.last = place;
		this.lookedAt++;
	}

	/**
	 * Returns the page, as soon as it is complete.
	 * @param end whether the list has no more jobs
	 * @return the page; {@code null} if more jobs must be read
	 */
	@Nullable JobPage page(boolean end) {
		if (this.full || (!end && this.lookedAt >= MOST_LOOKED_AT)) {
			return new JobPage(this.found, Objects.toString(this.last));
		}
		return end ? new JobPage(this.found, null) : null;
	}

}
