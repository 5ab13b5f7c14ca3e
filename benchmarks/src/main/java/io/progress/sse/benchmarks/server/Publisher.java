package io.progress.sse.benchmarks.server;

/**
 * Makes the events of jobs, in a server's own way.
 */
interface Publisher {

	/**
	 * Publishes the next event of a job; the first one creates it.
	 * @param job number of the job
	 * @param number of the event in its job, from 1
	 * @param dueMicros when it was to be published, in microseconds since 1970; goes out
	 * with it, for the client to tell how long it was under way
	 */
	void publish(int job, long number, long dueMicros);

}
