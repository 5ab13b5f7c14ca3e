package io.progress.sse.engine;

import java.util.concurrent.Executor;

import io.progress.sse.TooManyJobsException;

/**
 * A place in the executor that will run the work of a job. At a {@link JobExecutor} it is
 * taken before the job is created; other executors are asked when the work is submitted.
 * Used by one thread.
 */
final class ExecutorSlot {

	private final Executor executor;

	private boolean reserved;

	ExecutorSlot(Executor executor) {
		this.executor = executor;
	}

	/**
	 * Takes a place, unless one is taken already.
	 * @throws TooManyJobsException if none is free
	 */
	void reserve() {
		if (!this.reserved && this.executor instanceof JobExecutor own) {
			own.reserve();
			this.reserved = true;
		}
	}

	void execute(Runnable work) {
		if (this.reserved && this.executor instanceof JobExecutor own) {
			this.reserved = false;
			own.executeReserved(work);
		}
		else {
			this.executor.execute(work);
		}
	}

	/** Gives the place back if no work uses it. */
	void release() {
		if (this.reserved && this.executor instanceof JobExecutor own) {
			this.reserved = false;
			own.release();
		}
	}

}
