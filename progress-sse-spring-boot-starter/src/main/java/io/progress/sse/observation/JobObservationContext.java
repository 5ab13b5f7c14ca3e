package io.progress.sse.observation;

import java.util.Optional;

import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobInfo;
import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;

/**
 * What is known of a job that is observed. While a handler hears of an error,
 * {@link #getError()} is an exception that has no text of the original one; when it hears
 * of the end, that is the original one. May be read by any thread.
 */
public final class JobObservationContext extends Observation.Context {

	private final JobInfo job;

	private volatile @Nullable ProgressEvent terminal;

	JobObservationContext(JobInfo job) {
		this.job = job;
	}

	/**
	 * Returns the job.
	 * @return its id, name, owner and parent
	 */
	public JobInfo job() {
		return this.job;
	}

	/**
	 * Returns the state of the job, as far as it is observed.
	 * @return {@link JobState#RUNNING} until it has ended, then a terminal state
	 */
	public JobState state() {
		return terminal().map(ProgressEvent::state).orElse(JobState.RUNNING);
	}

	/**
	 * Returns the last event of the job.
	 * @return the event; empty until the job has ended
	 */
	public Optional<ProgressEvent> terminal() {
		return Optional.ofNullable(this.terminal);
	}

	void end(ProgressEvent event) {
		this.terminal = event;
	}

}
