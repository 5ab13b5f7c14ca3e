package io.progress.sse.stream;

/**
 * The parts of the ids on a stream.
 */
public enum StreamIds {

	/** The event's id: the URL says which job it is of. */
	EVENT,

	/** The job's id and the event's, joined by {@code ~}: the URL says nothing. */
	JOB_AND_EVENT,

	/** The ids of an event of each of the stream's jobs. */
	EVENT_OF_EACH_JOB

}
