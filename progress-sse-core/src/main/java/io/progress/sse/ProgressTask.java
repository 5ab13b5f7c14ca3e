package io.progress.sse;

import org.jspecify.annotations.Nullable;

/**
 * Work that reports its progress.
 *
 * @param <T> the type of the result
 */
@FunctionalInterface
public interface ProgressTask<T extends @Nullable Object> {

	/**
	 * Does the work. The job is {@code done} when this returns, and {@code failed} when
	 * it throws.
	 * @param progress where to report
	 * @return the result
	 * @throws Exception if the work fails
	 */
	T run(ProgressReporter progress) throws Exception;

}
