package io.progress.sse;

import io.progress.sse.event.JobInfo;
import io.progress.sse.event.ProgressEvent;

/**
 * Listens to the life cycles of the jobs of this process. Called on the thread that
 * causes the change; must return quickly. Its exceptions are logged and otherwise
 * ignored, except those of {@link #admitting}.
 */
public interface JobListener {

	/**
	 * A job is about to start. An exception is thrown to the caller, and the job is not
	 * started.
	 * @param spec the job
	 */
	default void admitting(JobSpec spec) {
	}

	/**
	 * A job was admitted.
	 * @param job the job
	 */
	default void started(JobInfo job) {
	}

	/**
	 * A job was admitted. Calls {@link #started(JobInfo)} by default.
	 * @param job the job
	 * @param spec what it was started with
	 */
	default void started(JobInfo job, JobSpec spec) {
		started(job);
	}

	/**
	 * A job that was {@link #started started} has ended.
	 * @param job the job
	 * @param terminal its last event
	 */
	default void ended(JobInfo job, ProgressEvent terminal) {
	}

	/**
	 * All events of a job that has ended are stored, or never will be. Called once for
	 * each job that was {@link #started started}, before or after {@link #ended}.
	 * @param job the job
	 * @param stored whether the store has taken its last event; {@code false} if the job
	 * belongs to another writer, or the tracker was closed before
	 */
	default void settled(JobInfo job, boolean stored) {
	}

	/**
	 * An event is handed to the store for the first time. The events of one job come in
	 * order.
	 * @param event the event
	 */
	default void reported(ProgressEvent event) {
	}

}
