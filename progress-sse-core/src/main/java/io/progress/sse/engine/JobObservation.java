package io.progress.sse.engine;

import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;

import io.progress.sse.Scope;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.ProgressEvent;

/**
 * The observation of one job. Its methods are called by several threads, and must return
 * quickly. {@link #ended} may come before {@link #started} if the process is about to
 * stop. If the job is refused, no method is called.
 */
public interface JobObservation {

	/** Observes nothing. */
	JobObservation NONE = new JobObservation() {
	};

	/**
	 * The job was admitted.
	 * @param job the job
	 */
	default void started(JobInfo job) {
	}

	/**
	 * The job has entered a phase, and viewers are told at once.
	 * @param phase the phase, as it is shown
	 */
	default void entered(String phase) {
	}

	/**
	 * The job has ended.
	 * @param terminal its last event
	 * @param cause what the work threw; {@code null} if it threw nothing
	 */
	default void ended(ProgressEvent terminal, @Nullable Throwable cause) {
	}

	/**
	 * Makes this the current observation of this thread, which works on the job.
	 * @return restores what was current before; closed on the same thread
	 */
	default Scope activate() {
		return () -> {
		};
	}

	/**
	 * Adds what the work of the job needs to find this observation.
	 * @param context the context of a subscriber
	 * @return the context with that
	 */
	default Context addTo(Context context) {
		return context;
	}

}
