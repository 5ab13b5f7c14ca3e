package io.progress.sse.benchmarks.server;

/**
 * Makes the events of jobs, in a server's own way.
 */
interface Publisher {

	/**
	 * Publishes the next event of a job; the first one creates it.
	 * @param job number of the job
	 * @param number of the event in its job, from 1
	 */
	void publish(int job, long number);

}
