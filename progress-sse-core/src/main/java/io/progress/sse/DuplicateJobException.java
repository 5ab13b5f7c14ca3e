package io.progress.sse;

import io.progress.sse.event.JobId;

/**
 * Thrown when a job is started under an id that another job has. The message says nothing
 * about the other job, because it may belong to another user.
 */
public class DuplicateJobException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final JobId jobId;

	/**
	 * Creates the exception.
	 * @param jobId the id that is taken
	 */
	public DuplicateJobException(JobId jobId) {
		super("Job id '" + jobId + "' is taken; use another id, or wait until that job has ended and is forgotten");
		this.jobId = jobId;
	}

	/**
	 * The id that is taken.
	 * @return the id
	 */
	public JobId jobId() {
		return this.jobId;
	}

}
