package io.progress.sse.engine;

import java.util.List;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.progress.sse.JobListener;
import io.progress.sse.JobSpec;
import io.progress.sse.support.ForeignCode;

/**
 * The listeners of a tracker, which are the application's code.
 */
final class JobListeners {

	private static final Logger logger = LoggerFactory.getLogger(JobListeners.class);

	private final List<JobListener> listeners;

	JobListeners(List<JobListener> listeners) {
		this.listeners = List.copyOf(listeners);
	}

	/**
	 * Asks the listeners whether a job may start. An exception of a listener is thrown on
	 * and refuses the job.
	 */
	void admitting(JobSpec spec) {
		this.listeners.forEach((listener) -> listener.admitting(spec));
	}

	/**
	 * Calls each listener, even if another one fails.
	 */
	void tell(Consumer<JobListener> news) {
		for (JobListener listener : this.listeners) {
			ForeignCode.run(() -> news.accept(listener), (ex) -> logger.warn("A job listener failed", ex));
		}
	}

}
