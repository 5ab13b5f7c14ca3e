package io.progress.sse;

import io.progress.sse.event.JobId;

/**
 * Thrown by {@link ProgressReporter#checkCancelled()} after the job was asked to stop. Do
 * not catch it: the job then ends as cancelled.
 */
public class JobCancelledException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param jobId the job
	 */
	public JobCancelledException(JobId jobId) {
		super("Job '" + jobId + "' was cancelled");
	}

}
