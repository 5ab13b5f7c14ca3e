package io.progress.sse.support;

import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Calls code that this library did not write: listeners, mappers, suppliers, formats,
 * meters, stores. An exception ends only this call, so that a thread which serves many
 * jobs goes on with the next one. That is true for each {@code Throwable}, also for a
 * missing class, an endless recursion or a lack of memory. An interrupt is kept as the
 * thread's flag.
 */
public final class ForeignCode {

	private ForeignCode() {
	}

	/**
	 * Runs an action. Never throws.
	 * @param action the action
	 * @param report gets the exception, see {@link #report}
	 */
	public static void run(Runnable action, Consumer<? super Throwable> report) {
		try {
			action.run();
		}
		catch (Throwable ex) {
			report(ex, report);
		}
	}

	/**
	 * Calls a supplier. Never throws.
	 * @param question the supplier
	 * @param otherwise the result if the supplier throws
	 * @param report gets the exception, see {@link #report}
	 * @return the value of the supplier, or the other value
	 */
	public static <T extends @Nullable Object> T ask(Supplier<? extends T> question, T otherwise,
			Consumer<? super Throwable> report) {
		try {
			return question.get();
		}
		catch (Throwable ex) {
			report(ex, report);
			return otherwise;
		}
	}

	/**
	 * Reports a failure, usually to the log. Never throws: if the failure's own methods
	 * throw or memory is exhausted, an exception that only names its class is reported
	 * instead; if that fails too, nothing is reported.
	 * @param failure the failure
	 * @param report gets the failure
	 */
	public static void report(Throwable failure, Consumer<? super Throwable> report) {
		if (failure instanceof InterruptedException) {
			Thread.currentThread().interrupt();
		}
		try {
			report.accept(failure);
		}
		catch (Throwable worse) {
			reportClass(failure, report);
		}
	}

	private static void reportClass(Throwable failure, Consumer<? super Throwable> report) {
		try {
			report.accept(new IllegalStateException("A " + failure.getClass().getName() + ", which cannot be printed"));
		}
		catch (Throwable worst) {
			// There is no memory, or the log is broken: the caller goes on anyway.
		}
	}

}
