package io.progress.sse;

import org.jspecify.annotations.Nullable;

import io.progress.sse.support.StrayReports;

/**
 * Holds, for each thread, the reporter of the job that it works on. Interceptors and
 * context propagation bind it; applications ask {@link ProgressReporter#current()}. It is
 * not inherited by threads that a job starts: a pool thread would keep it for ever and
 * later report to the wrong job, which is worse than a lost report.
 */
public final class CurrentProgress {

	/** Key of the reporter in a Reactor context. */
	public static final String KEY = "io.progress.sse.current";

	private static final ThreadLocal<ProgressReporter> CURRENT = new ThreadLocal<>();

	private CurrentProgress() {
	}

	/**
	 * Returns the reporter that is bound to this thread.
	 * @return the reporter; {@link ProgressReporter#noop()} if none is
	 */
	public static ProgressReporter reporter() {
		ProgressReporter reporter = CURRENT.get();
		return (reporter != null) ? reporter : NoOpReporter.INSTANCE;
	}

	/**
	 * Binds a reporter to this thread.
	 * @param reporter the reporter
	 * @return restores what was bound before; does nothing when closed on another thread
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
	 * Counts a report to the no-op reporter, which may be a lost one. On a thread that
	 * works on a job the call was meant for {@link ProgressReporter#noop()}, so it is not
	 * counted.
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
