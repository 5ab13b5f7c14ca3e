package io.progress.sse;

import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;

/**
 * A job that the caller starts and ends itself: for work in callbacks, on other threads
 * or in an interceptor. The first of {@link #done}, {@link #fail}, {@link #cancelled} and
 * {@link #close} ends it; later calls do nothing. No method throws because of the store.
 */
public interface ProgressJob extends JobHandle, AutoCloseable {

	/**
	 * Returns the reporter of this job.
	 * @return the reporter; the same object for the job's whole life
	 */
	ProgressReporter reporter();

	/**
	 * Marks the job as started: {@code queued} becomes {@code running}. The first report
	 * does the same.
	 */
	void begin();

	/**
	 * Starts the work again after a failure: the attempt rises by one; counters, phase
	 * and message are reset.
	 */
	void retry();

	/**
	 * Makes the job the current one of this thread.
	 * @return restores what was current before; close it on the same thread
	 */
	Scope activate();

	/**
	 * Makes the job the current one of reactive work.
	 * @param context the context of the work's subscriber
	 * @return the context with the reporter, and with what observes the job
	 */
	default Context addTo(Context context) {
		return context.put(CurrentProgress.KEY, reporter());
	}

	/**
	 * Ends the job as done, with the values that {@link ProgressReporter#result} has
	 * collected.
	 */
	void done();

	/**
	 * Ends the job as done.
	 * @param result the result that viewers see; joined with the values that
	 * {@link ProgressReporter#result} has collected if both are objects
	 */
	void done(@Nullable Object result);

	/**
	 * Ends the job as failed. A {@link JobCancelledException}, and after a request to
	 * cancel also a {@code CancellationException} or {@code InterruptedException}, ends
	 * it as cancelled.
	 * @param error the reason; viewers see what {@link ProgressErrorMapper} makes of it
	 */
	void fail(Throwable error);

	/**
	 * Ends the job as failed, like {@link #fail(Throwable)}.
	 * @param error the reason
	 * @param passedOn whether the exception is also thrown to a caller, which then logs
	 * it. If not, it is logged here at ERROR, unless viewers see it
	 */
	void fail(Throwable error, boolean passedOn);

	/** Ends the job because it was asked to stop. */
	void cancelled();

	/**
	 * Ends the job as failed with code {@code abandoned}, if it has not ended yet.
	 */
	@Override
	void close();

}
