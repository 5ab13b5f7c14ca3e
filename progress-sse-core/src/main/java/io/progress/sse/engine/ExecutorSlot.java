package io.progress.sse.engine;

import java.util.concurrent.Executor;

import io.progress.sse.TooManyJobsException;

/**
 * A place at the executor that will run the work of a job. A place at a
 * {@link JobExecutor} is taken before the job is made; other executors are asked when the
 * work is there. Used by one thread.
 */
final class ExecutorSlot {

	private final Executor executor;

	private boolean reserved;

	ExecutorSlot(Executor executor) {
		this.executor = executor;
	}

	/**
	 * Takes a place, unless that has been done.
	 * @throws TooManyJobsException if there is none
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

	/** Gives the place back if no work has taken it. */
	void release() {
		if (this.reserved && this.executor instanceof JobExecutor own) {
			this.reserved = false;
			own.release();
		}
	}

}
