package io.progress.sse.engine;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobError;
import io.progress.sse.event.JobState;

/**
 * The end of a job. Endings without a result are constants, because a job must be able to
 * end when memory is exhausted.
 *
 * @param state a terminal state
 * @param result what the work returned; {@code null} if it did not return
 * @param error what viewers are told; {@code null} if it did not fail
 * @param cause what the work threw; {@code null} if it threw nothing
 */
record Ending(JobState state, JobPayload.@Nullable Fact result, @Nullable JobError error, @Nullable Throwable cause) {

	static final Ending DONE = new Ending(JobState.DONE, null, null, null);

	static final Ending FAILED = new Ending(JobState.FAILED, null, JobError.INTERNAL, null);

	static final Ending CANCELLED = new Ending(JobState.CANCELLED, null, null, null);

	static final Ending REJECTED = failed("rejected", "The job could not be started");

	static final Ending SHUT_DOWN = failed("shutdown", "The job was stopped by a shutdown");

	static final Ending ABANDONED = failed("abandoned", JobError.INTERNAL.message());

	private static Ending failed(String code, String message) {
		return new Ending(JobState.FAILED, null, new JobError(code, message), null);
	}

	/**
	 * The result as it stands in the event.
	 */
	@Nullable Object outcome(JobPayload facts) {
		return (this.result != null) ? facts.outcome(this.result) : null;
	}

}
