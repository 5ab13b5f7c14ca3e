package io.progress.sse;

import io.progress.sse.event.JobInfo;
import io.progress.sse.event.ProgressEvent;

/**
 * Hears of the lives of the jobs of this process. Called on the thread that causes the
 * change; must return quickly. What it throws is logged and otherwise ignored.
 */
public interface JobListener {

	/**
	 * A job was admitted.
	 * @param job the job
	 */
	default void started(JobInfo job) {
	}

	/**
	 * A job has ended.
	 * @param job the job
	 * @param terminal its last event
	 */
	default void ended(JobInfo job, ProgressEvent terminal) {
	}

	/**
	 * An event is handed to the store for the first time. Those of one job come in order.
	 * @param event the event
	 */
	default void reported(ProgressEvent event) {
	}

}
