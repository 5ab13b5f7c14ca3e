package io.progress.sse.stream;

/**
 * The form of the ids on a stream.
 */
public enum StreamIds {

	/** The event's id only, because the URL names the job. */
	EVENT,

	/**
	 * The job's id and the event's id, joined by {@code ~}, because the URL does not name
	 * the job.
	 */
	JOB_AND_EVENT,

	/** One event id for each job of the stream. */
	EVENT_OF_EACH_JOB

}
