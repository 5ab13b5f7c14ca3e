package io.progress.sse.engine;

import reactor.util.context.ContextView;

/**
 * Observes jobs, each from the place at which it is started. What it throws is logged and
 * otherwise ignored; the job is then not observed.
 */
@FunctionalInterface
public interface JobObserver {

	/** Observes no job. */
	JobObserver NONE = (context) -> JobObservation.NONE;

	/**
	 * Called before a job is admitted, on the thread that starts it. Remembers what is
	 * around the job; the job may still be refused.
	 * @param context the Reactor context of the subscriber that starts the job; empty if
	 * it is not started by a subscription
	 * @return the observation of this job, which has not begun
	 */
	JobObservation observe(ContextView context);

}
