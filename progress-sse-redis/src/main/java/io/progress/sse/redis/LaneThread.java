package io.progress.sse.redis;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The thread that lanes are kept on. What comes after it was closed is dropped; the
 * scheduler logs a task that fails, and goes on.
 */
final class LaneThread implements AutoCloseable {

	private final Scheduler scheduler = Schedulers.newSingle("progress-redis-lanes", true);

	/**
	 * Has a task run soon.
	 * @return {@code false} if the thread was closed meanwhile
	 */
	boolean run(Runnable task) {
		return runIn(0, task);
	}

	boolean runIn(long millis, Runnable task) {
		try {
			this.scheduler.schedule(task, millis, TimeUnit.MILLISECONDS);
			return true;
		}
		catch (RejectedExecutionException ex) {
			return false;
		}
	}

	void runEach(long millis, Runnable task) {
		this.scheduler.schedulePeriodically(task, millis, millis, TimeUnit.MILLISECONDS);
	}

	@Override
	public void close() {
		this.scheduler.dispose();
	}

}
