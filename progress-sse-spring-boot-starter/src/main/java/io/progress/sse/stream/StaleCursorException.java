package io.progress.sse.stream;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobId;
import io.progress.sse.store.EventId;

/**
 * The events after a cursor cannot be had any more, or never were of this job. Begin anew
 * without a cursor.
 */
public class StaleCursorException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final JobId jobId;

	private final transient @Nullable EventId latest;

	StaleCursorException(JobId jobId, @Nullable EventId latest) {
		super("The cursor into job '" + jobId + "' must be an event that is still stored; begin without a cursor"
				+ ((latest != null) ? ", or behind the newest event, '" + latest + "'" : ""));
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
	 * @return its id; {@code null} if there is no such job (any more)
	 */
	public @Nullable EventId latest() {
		return this.latest;
	}

}
