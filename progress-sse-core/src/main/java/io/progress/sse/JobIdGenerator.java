package io.progress.sse;

import io.progress.sse.event.JobId;

/**
 * Makes ids for jobs that were started without one. Ids must not be guessable: without
 * authentication, anyone who knows an id may watch the job.
 */
@FunctionalInterface
public interface JobIdGenerator {

	/**
	 * Makes an id. Called by many threads.
	 * @return an id that no other job has
	 */
	JobId generate();

}
