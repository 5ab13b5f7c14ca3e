package io.progress.sse.store;

import java.time.Duration;

import reactor.core.publisher.Mono;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.ProgressEvent;

/**
 * A store that outlives the worker's process and can therefore tell that a worker is
 * gone. Each append and each beat renews the job's lease on the store's own clock. There
 * is no periodic check: each reader of a job checks its {@link EventPage#lease() lease}.
 */
public interface LeasedProgressEventStore extends ProgressEventStore {

	/**
	 * Returns how long a job counts as alive without a sign of its worker.
	 * @return the lease; a worker that has nothing to append beats three times per lease
	 */
	Duration lease();

	/**
	 * Returns how long after the end of its lease a job is marked as lost.
	 * @return the grace; as long as the lease by default
	 */
	default Duration grace() {
		return lease();
	}

	/**
	 * Shows that the worker is alive.
	 * @param job the job
	 * @param writer the worker's token; ignored unless it is the job's writer
	 * @return {@code true} if the lease was renewed; {@code false} if the job is unknown,
	 * has ended, belongs to another writer, or was marked as lost since the writer's last
	 * append. Then the writer must append the current state, because only that renews the
	 * lease
	 */
	Mono<Boolean> beat(JobInfo job, WriterToken writer);

	/**
	 * Appends a {@code lost} event if the lease has been over for the grace, the job has
	 * not ended, and none was appended for this lease. Of several callers one succeeds.
	 * @param job the job
	 * @param grace how long the lease must have been over
	 * @param lost the event, of state {@code LOST}
	 * @return whether this call appended it
	 */
	Mono<Boolean> markLost(JobId job, Duration grace, ProgressEvent lost);

}
