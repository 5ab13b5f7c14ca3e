package io.progress.sse.batch;

import java.util.Optional;

import io.progress.sse.event.JobId;

/**
 * Finds the jobs of executions of Spring Batch.
 */
public interface BatchJobs {

	/**
	 * Returns the job of an execution. Asks the job repository for executions that this
	 * process has not run, or has forgotten since: it remembers the newest 1,000.
	 * @param executionId the id of the execution
	 * @return its id; for an execution of another process the id that it has unless its
	 * caller chose one; empty if there is no such execution, or it is left out
	 */
	Optional<JobId> find(long executionId);

}
