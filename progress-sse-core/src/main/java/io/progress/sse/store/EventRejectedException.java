package io.progress.sse.store;

/**
 * Signalled when a store can never accept a batch, because an event is too large for it
 * or cannot be encoded. Nothing of the batch was stored. The writer sends its events once
 * more without {@code data} and {@code result}, and drops them if these are rejected too.
 */
public class EventRejectedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param message names the job, the rule that was broken, and the value that broke it
	 */
	public EventRejectedException(String message) {
		super(message);
	}

	/**
	 * Creates the exception.
	 * @param message names the job, the rule that was broken, and the value that broke it
	 * @param cause the failure
	 */
	public EventRejectedException(String message, Throwable cause) {
		super(message, cause);
	}

}
