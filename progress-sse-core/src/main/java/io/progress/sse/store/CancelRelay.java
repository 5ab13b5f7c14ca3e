package io.progress.sse.store;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import io.progress.sse.event.JobId;

/**
 * A store through which a job can be asked to stop from another process than its
 * worker's.
 */
public interface CancelRelay {

	/**
	 * Asks a job's worker to stop. The request is kept with the job until the worker has
	 * received it.
	 * @param job the job
	 * @return {@code false} if the job is unknown or has ended
	 */
	Mono<Boolean> requestCancel(JobId job);

	/**
	 * Emits the jobs that were asked to stop, at the latest when their worker next
	 * appends or beats. May emit a job repeatedly, and jobs of other processes. Does not
	 * end.
	 * @return the jobs, pushed from any thread: subscribers return quickly
	 */
	Flux<JobId> cancelRequests();

}
