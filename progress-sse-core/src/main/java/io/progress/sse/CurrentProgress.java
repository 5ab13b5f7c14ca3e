package io.progress.sse;

import org.jspecify.annotations.Nullable;

import io.progress.sse.support.StrayReports;

/**
 * Holds, for each thread, the reporter of the job that it works on. Interceptors and
 * context propagation bind it; applications ask {@link ProgressReporter#current()}. It is
 * not inherited by threads that a job starts: a pool thread would keep it for ever, and a
 * lost update is better than one on the wrong job.
 */
public final class CurrentProgress {

	/** Key of the reporter in a Reactor context. */
	public static final String KEY = "io.progress.sse.current";

	private static final ThreadLocal<ProgressReporter> CURRENT = new ThreadLocal<>();

	private CurrentProgress() {
	}

	/**
	 * The reporter that is bound to this thread.
	 * @return the reporter; {@link ProgressReporter#noop()} if none is
	 */
	public static ProgressReporter reporter() {
		ProgressReporter reporter = CURRENT.get();
		return (reporter != null) ? reporter : NoOpReporter.INSTANCE;
	}

	/**
	 * Binds a reporter to this thread.
	 * @param reporter the reporter
	 * @return gives the thread back what was bound before; closed on another thread, it
	 * does nothing
	 */
	public static Scope bind(ProgressReporter reporter) {
		ProgressReporter before = CURRENT.get();
		Thread thread = Thread.currentThread();
		CURRENT.set(reporter);
		return () -> {
			if (Thread.currentThread() == thread) {
				set(before);
			}
		};
	}

	/**
	 * Takes note of a report that nobody hears. On a thread that works on a job it was
	 * not meant for that job, but for {@link ProgressReporter#noop()}.
	 */
	static void stray(long units) {
		if (CURRENT.get() == null) {
			StrayReports.INSTANCE.add(units);
		}
	}

	static @Nullable ProgressReporter get() {
		return CURRENT.get();
	}

	static void set(@Nullable ProgressReporter reporter) {
		if (reporter == null) {
			CURRENT.remove();
		}
		else {
			CURRENT.set(reporter);
		}
	}

}
