package io.progress.sse.aop;

import java.lang.ref.Cleaner;

import org.springframework.util.function.SingletonSupplier;

/**
 * Ends the jobs of results that nothing took up, such as a {@code Callable} that an
 * executor refused, or a body that was not modified since: nothing else tells that their
 * work will never be done.
 */
final class DroppedResults {

	private final SingletonSupplier<Cleaner> cleaner = SingletonSupplier.of(Cleaner::create);

	/**
	 * Runs an action once a result is garbage.
	 * @param action must not lead to the result
	 */
	void watch(Object result, Runnable action) {
		this.cleaner.obtain().register(result, action);
	}

}
