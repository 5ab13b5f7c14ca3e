package io.progress.sse.stream;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobId;
import io.progress.sse.store.EventId;

/**
 * Thrown when the events after a cursor are lost, or the cursor does not belong to this
 * job. Begin again without a cursor.
 */
public class StaleCursorException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final JobId jobId;

	private final transient @Nullable EventId latest;

	/**
	 * Creates the exception.
	 * @param jobId the job
	 * @param latest the job's newest event; {@code null} if there is no such job
	 */
	public StaleCursorException(JobId jobId, @Nullable EventId latest) {
		super("The cursor of job '" + jobId
				+ "' must be the id of an event that is still stored; begin again without a cursor"
				+ ((latest != null) ? ", or continue after the newest event, '" + latest + "'" : ""));
		this.jobId = jobId;
		this.latest = latest;
	}

	/**
	 * Returns the job of the cursor.
	 * @return the job
	 */
	public JobId jobId() {
		return this.jobId;
	}

	/**
	 * Returns the job's newest event.
	 * @return its id; {@code null} if there is no such job, or no longer
	 */
	public @Nullable EventId latest() {
		return this.latest;
	}

}
