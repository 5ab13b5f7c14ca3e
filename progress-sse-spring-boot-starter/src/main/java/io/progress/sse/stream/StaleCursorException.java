package io.progress.sse.stream;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobId;
import io.progress.sse.store.EventId;

/**
 * The events behind a cursor are lost, or never were of this job. Begin anew without a
 * cursor.
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
		super("The cursor into job '" + jobId + "' must be an event that is still stored; begin without a cursor"
				+ ((latest != null) ? ", or behind the newest event, '" + latest + "'" : ""));
		this.jobId = jobId;
		this.latest = latest;
	}

	/**
	 * The job whose cursor it is.
	 * @return the job
	 */
	public JobId jobId() {
		return this.jobId;
	}

	/**
	 * The job's newest event.
	 * @return its id; {@code null} if there is no such job (any more)
	 */
	public @Nullable EventId latest() {
		return this.latest;
	}

}
