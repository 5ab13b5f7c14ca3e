package io.progress.sse.stream;

import io.progress.sse.event.JobId;
import io.progress.sse.store.EventId;

/**
 * The events after a cursor cannot be had any more, or never were of this job. Begin anew
 * without a cursor.
 */
public class StaleCursorException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final JobId jobId;

	private final transient EventId latest;

	StaleCursorException(JobId jobId, EventId latest) {
		super("The cursor into job '" + jobId + "' must be an event that is still stored; begin without a cursor, or "
				+ "behind the newest event, '" + latest + "'");
		this.jobId = jobId;
		this.latest = latest;
	}

	/**
	 * Whose cursor it is.
	 * @return the job
	 */
	public JobId jobId() {
		return this.jobId;
	}

	/**
	 * The job's newest event.
	 * @return its id
	 */
	public EventId latest() {
		return this.latest;
	}

}
