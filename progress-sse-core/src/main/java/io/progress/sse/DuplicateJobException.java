package io.progress.sse;

import io.progress.sse.event.JobId;

/**
 * A job was to be started under an id that is taken. Says nothing about the job that has
 * it, which may be another user's.
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
