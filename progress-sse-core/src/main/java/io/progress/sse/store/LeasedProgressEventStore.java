package io.progress.sse.store;

import java.time.Duration;

import reactor.core.publisher.Mono;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.ProgressEvent;

/**
 * A store that outlives the worker's process and therefore can tell that a worker is
 * gone. Each append and each beat renews the job's lease on the store's own clock; nobody
 * sweeps, each reader of a job judges its {@link EventPage#lease() lease}.
 */
public interface LeasedProgressEventStore extends ProgressEventStore {

	/**
	 * How long a job lives without a sign of its worker.
	 * @return the lease; a worker that has nothing to append beats each third of it
	 */
	Duration lease();

	/**
	 * How long after the end of its lease a job is called lost.
	 * @return the grace; as long as the lease by default
	 */
	default Duration grace() {
		return lease();
	}

	/**
	 * Says that the worker is alive.
	 * @param job the job
	 * @param writer who says it; ignored from any but the job's writer
	 * @return {@code true} if the lease was renewed; {@code false} if the job is unknown,
	 * has ended, belongs to another writer, or was called lost since the writer's last
	 * append. Then the writer appends where the job stands, which alone renews the lease
	 */
	Mono<Boolean> beat(JobInfo job, WriterToken writer);

	/**
	 * Appends a {@code lost} event if the lease has been over for the grace, the job has
	 * not ended, and none was appended for this lease. Of many callers one succeeds.
	 * @param job the job
	 * @param grace how long the lease must have been over
	 * @param lost the event, of state {@code LOST}
	 * @return whether this call appended it
	 */
	Mono<Boolean> markLost(JobId job, Duration grace, ProgressEvent lost);

}
