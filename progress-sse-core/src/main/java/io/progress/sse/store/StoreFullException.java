package io.progress.sse.store;

/**
 * Signalled when a store refuses a new job because it is full of jobs that have not
 * ended. Nothing was stored; the same batch may succeed once one of them has ended.
 */
public class StoreFullException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param message names the limit, its value and the job
	 */
	public StoreFullException(String message) {
		super(message);
	}

}
