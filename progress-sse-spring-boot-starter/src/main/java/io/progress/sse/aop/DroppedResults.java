package io.progress.sse.aop;

import java.lang.ref.Cleaner;

import org.springframework.util.function.SingletonSupplier;

/**
 * Ends the jobs of results that were never used, such as a {@code Callable} that an
 * executor refused, or a body that was not sent because of status 304. Nothing else tells
 * that their work will never run.
 */
final class DroppedResults {

	private final SingletonSupplier<Cleaner> cleaner = SingletonSupplier.of(Cleaner::create);

	/**
	 * Runs an action after a result has become garbage.
	 * @param action must not hold a reference to the result
	 */
	void watch(Object result, Runnable action) {
		this.cleaner.obtain().register(result, action);
	}

}
