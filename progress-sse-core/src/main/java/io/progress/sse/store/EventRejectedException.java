package io.progress.sse.store;

/**
 * A store will never take a batch, however often it is tried: an event is too large for
 * it, say, or cannot be encoded. Nothing of the batch was stored, nor will be. The writer
 * sends its events once more without {@code data} and {@code result}, and does without
 * them if that is refused as well.
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
	 * @param cause what failed
	 */
	public EventRejectedException(String message, Throwable cause) {
		super(message, cause);
	}

}
