package io.progress.sse;

import org.jspecify.annotations.Nullable;

/**
 * A job whose life is in the hands of the caller: for work that goes through callbacks,
 * foreign threads or an interceptor. The first of {@link #done}, {@link #fail},
 * {@link #cancelled} and {@link #close} ends it; later calls do nothing. No method throws
 * because of the store.
 */
public interface ProgressJob extends JobHandle, AutoCloseable {

	/**
	 * Where the work reports.
	 * @return the reporter; the same object for the job's whole life
	 */
	ProgressReporter reporter();

	/**
	 * Says that a worker has begun: {@code queued} becomes {@code running}. Implied by
	 * the first report.
	 */
	void begin();

	/**
	 * Says that the work starts over after a failure: the attempt rises by one, counters,
	 * phase and message are those of a new job.
	 */
	void retry();

	/**
	 * Makes the job the current one of this thread.
	 * @return gives the thread back what was current before; close it on the same thread
	 */
	Scope activate();

	/** Ends the job well, with what {@link ProgressReporter#result} has collected. */
	void done();

	/**
	 * Ends the job well.
	 * @param result what came out, for viewers to see; joined with what
	 * {@link ProgressReporter#result} has collected if both are objects
	 */
	void done(@Nullable Object result);

	/**
	 * Ends the job badly. A {@link JobCancelledException}, and after a request to cancel
	 * also a {@code CancellationException} or {@code InterruptedException}, ends it as
	 * cancelled.
	 * @param error why; viewers are told what {@link ProgressErrorMapper} says of it
	 */
	void fail(Throwable error);

	/**
	 * Ends the job badly, in the same way.
	 * @param error why
	 * @param passedOn whether the exception goes on to a caller whose business it is to
	 * log it, such as a caller. Otherwise it is logged at ERROR, unless viewers are told
	 * of it
	 */
	void fail(Throwable error, boolean passedOn);

	/** Ends the job because it was asked to stop. */
	void cancelled();

	/**
	 * Ends the job badly, with code {@code abandoned}, if nothing has ended it yet.
	 */
	@Override
	void close();

}
