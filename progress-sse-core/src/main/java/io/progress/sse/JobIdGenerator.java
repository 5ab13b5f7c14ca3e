package io.progress.sse;

import io.progress.sse.event.JobId;

/**
 * Makes ids for jobs whose starter chose none. Ids must not be guessable: without
 * authentication, knowing one is the right to watch the job.
 */
@FunctionalInterface
public interface JobIdGenerator {

	/**
	 * Makes an id. Called by many threads.
	 * @return an id that nobody has
	 */
	JobId generate();

}
