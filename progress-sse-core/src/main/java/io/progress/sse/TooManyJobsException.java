package io.progress.sse;

import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a job is not started because the limit of jobs is reached: its work does
 * not run, and viewers never see it. The same call may succeed once another job has
 * ended. Web layers answer with status 503 and {@code Retry-After}.
 */
public class TooManyJobsException extends RejectedExecutionException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param message names the limit, its value and the remedy
	 * @param cause the store's exception; {@code null} if the store was not asked
	 */
	public TooManyJobsException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
