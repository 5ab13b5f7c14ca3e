package io.progress.sse.observation;

import org.jspecify.annotations.Nullable;

/**
 * Stands for what the work of a job threw, because handlers export the text and the stack
 * of an exception.
 */
final class JobFailedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	JobFailedException(@Nullable Throwable cause) {
		super((cause != null) ? cause.getClass().getName() : null, null, false, false);
	}

}
