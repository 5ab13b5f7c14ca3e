package io.progress.sse.store;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;

/**
 * A query for jobs. A job must match all given conditions.
 *
 * @param owner the owner; {@code null} for jobs of all owners and without an owner
 * @param parent the job that started them; {@code null} for any or none
 * @param states the allowed states; empty for any
 * @param name the job name; {@code null} for any
 * @param limit how many at most, from 1 to {@value #MAX_LIMIT}
 * @param cursor the {@link JobPage#next() next} of the page before; {@code null} for the
 * first page
 */
public record JobQuery(@Nullable String owner, @Nullable JobId parent, Set<JobState> states, @Nullable String name,
		int limit, @Nullable String cursor) {

	/** The largest limit of a page. */
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
	 * Creates a query for the newest jobs of an owner.
	 * @param owner the owner; {@code null} for jobs of all owners and without an owner
	 * @param limit how many at most, from 1 to {@value #MAX_LIMIT}
	 * @return the query for the first page
	 */
	public static JobQuery of(@Nullable String owner, int limit) {
		return new JobQuery(owner, null, Set.of(), null, limit, null);
	}

	/**
	 * Returns the same query for another page.
	 * @param cursor the {@link JobPage#next() next} of the page before; {@code null} for
	 * the first page
	 * @return the query
	 */
	public JobQuery from(@Nullable String cursor) {
		return new JobQuery(this.owner, this.parent, this.states, this.name, this.limit, cursor);
	}

	/**
	 * Whether a job matches.
	 * @param job the job
	 * @param latest its newest event
	 * @return {@code true} if all conditions match; limit and cursor are ignored
	 */
	public boolean selects(JobInfo job, ProgressEvent latest) {
		return selects(job) && (this.states.isEmpty() || this.states.contains(latest.state()));
	}

	/**
	 * Whether a job matches, whatever its state, so that a store need not look at its
	 * events.
	 * @param job the job
	 * @return {@code true} if all that is given but the states matches
	 */
	public boolean selects(JobInfo job) {
		return (this.owner == null || this.owner.equals(job.owner()))
				&& (this.parent == null || this.parent.equals(job.parent()))
				&& (this.name == null || this.name.equals(job.name()));
	}

	/**
	 * Whether only jobs match that have not ended, so that a store can skip the others.
	 * @return {@code false} if all states or a terminal state are allowed
	 */
	public boolean isForRunning() {
		return !this.states.isEmpty() && this.states.stream().noneMatch(JobState::isTerminal);
	}

}
