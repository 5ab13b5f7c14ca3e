package io.progress.sse.store;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobInfo;

/**
 * The events of a job after a cursor, and the state of the job.
 *
 * @param job the job
 * @param stale whether the cursor is not an id of this job, or milestones after it are
 * missing; then {@code events} is empty
 * @param events the events after the cursor that are still stored, in order, at most as
 * many as asked for; only ticks may be missing between them and after the cursor
 * @param earliest id of the oldest event that is still stored
 * @param latest the newest event; terminal exactly if the job has ended
 * @param lease time until the worker must give a sign of life, negative if it is late;
 * {@code null} if the store has no leases or the job has ended
 */
public record EventPage(JobInfo job, boolean stale, List<StoredEvent> events, EventId earliest, StoredEvent latest,
		@Nullable Duration lease) {

	/**
	 * Checks and copies.
	 * @throws IllegalArgumentException if a stale page holds events
	 */
	public EventPage {
		events = List.copyOf(events);
		if (stale && !events.isEmpty()) {
			throw new IllegalArgumentException(
					"A stale page must not hold events, but one for job '" + job.id() + "' holds " + events.size());
		}
	}

	/**
	 * Whether the worker has given no sign of life for longer than its lease.
	 * @return {@code false} if the job has ended or the store has no leases
	 */
	public boolean overdue() {
		return this.lease != null && this.lease.isNegative();
	}

	/**
	 * Whether the job has ended.
	 * @return {@code true} if its newest event is terminal
	 */
	public boolean ended() {
		return this.latest.event().isTerminal();
	}

}
