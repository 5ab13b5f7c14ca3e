package io.progress.sse;

import org.jspecify.annotations.Nullable;

/**
 * Work that reports its progress.
 *
 * @param <T> what comes out
 */
@FunctionalInterface
public interface ProgressTask<T extends @Nullable Object> {

	/**
	 * Does the work. Its return is the job's {@code done}, its exception the job's
	 * {@code failed}.
	 * @param progress where to report
	 * @return what comes out
	 * @throws Exception if the work fails
	 */
	T run(ProgressReporter progress) throws Exception;

}
