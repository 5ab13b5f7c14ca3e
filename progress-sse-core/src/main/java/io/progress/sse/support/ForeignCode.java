package io.progress.sse.support;

import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Calls code that this library did not write: listeners, mappers, suppliers, formats,
 * meters, stores. Whatever it throws stays with the call, so that a thread which serves
 * many jobs goes on with the next one. That is true of each {@code Throwable}: a missing
 * class, an endless recursion or a lack of memory is the trouble of the one that has it.
 * An interrupt is kept as the thread's flag.
 */
public final class ForeignCode {

	private ForeignCode() {
	}

	/**
	 * Runs an action. Never throws.
	 * @param action the action
	 * @param report is told what the action threw, as of {@link #report}
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
	 * Asks for a value. Never throws.
	 * @param question makes the value
	 * @param otherwise the value if the question throws
	 * @param report is told what the question threw, as of {@link #report}
	 * @return what the question returned, or the other value
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
	 * Tells of a failure, in most cases the log. Never throws: where the failure's own
	 * methods throw, or there is no memory, another exception is told that only names its
	 * class; where that does not work either, nothing is told.
	 * @param failure what was thrown
	 * @param report is told it
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
			// There is no memory, or the log is broken: the caller goes on all the same.
		}
	}

}
