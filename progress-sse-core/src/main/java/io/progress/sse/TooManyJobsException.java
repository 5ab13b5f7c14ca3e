package io.progress.sse;

import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;

/**
 * A job was not started, because as many as there may be are there: its work does not
 * run, and nobody sees it. The same call may succeed once one of them has ended. Web
 * layers answer with status 503 and {@code Retry-After}.
 */
public class TooManyJobsException extends RejectedExecutionException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param message names the limit, its value and the remedy
	 * @param cause what the store says; {@code null} if it was not asked
	 */
	public TooManyJobsException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
