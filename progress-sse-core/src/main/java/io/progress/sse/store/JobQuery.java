package io.progress.sse.store;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;

/**
 * A question for jobs. All that is given must match.
 *
 * @param owner whose jobs; {@code null} for those of all owners and of none
 * @param parent the job that started them; {@code null} for any or none
 * @param states the states that they may be in; empty for any
 * @param name what kind of job; {@code null} for any
 * @param limit how many at most, from 1 to {@value #MAX_LIMIT}
 * @param cursor the {@link JobPage#next() next} of the page before; {@code null} for the
 * first page
 */
public record JobQuery(@Nullable String owner, @Nullable JobId parent, Set<JobState> states, @Nullable String name,
		int limit, @Nullable String cursor) {

	/** No page has more jobs. */
	public static final int MAX_LIMIT = 1_000;

	/**
	 * Checks and copies.
	 * @throws IllegalArgumentException if the limit is out of its range
	 */
	public JobQuery {
		states = Set.copyOf(states);
		if (limit < 1 || limit > MAX_LIMIT) {
			throw new IllegalArgumentException("'limit' must be from 1 to " + MAX_LIMIT + ", but is " + limit);
		}
	}

	/**
	 * The newest jobs of an owner.
	 * @param owner whose jobs; {@code null} for those of all owners and of none
	 * @param limit how many at most, from 1 to {@value #MAX_LIMIT}
	 * @return the question for the first page
	 */
	public static JobQuery of(@Nullable String owner, int limit) {
		return new JobQuery(owner, null, Set.of(), null, limit, null);
	}

	/**
	 * The same question for another page.
	 * @param cursor the {@link JobPage#next() next} of the page before; {@code null} for
	 * the first page
	 * @return the question
	 */
	public JobQuery from(@Nullable String cursor) {
		return new JobQuery(this.owner, this.parent, this.states, this.name, this.limit, cursor);
	}

	/**
	 * Whether a job matches.
	 * @param job the job
	 * @param latest its newest event
	 * @return {@code true} if all that is given matches; limit and cursor do not count
	 */
	public boolean selects(JobInfo job, ProgressEvent latest) {
		return (this.owner == null || this.owner.equals(job.owner()))
				&& (this.parent == null || this.parent.equals(job.parent()))
				&& (this.name == null || this.name.equals(job.name()))
				&& (this.states.isEmpty() || this.states.contains(latest.state()));
	}

	/**
	 * Whether only jobs match that have not ended, so that a store need not look at
	 * others.
	 * @return {@code false} if a terminal state is asked for, or any
	 */
	public boolean isForRunning() {
		return !this.states.isEmpty() && this.states.stream().noneMatch(JobState::isTerminal);
	}

}
