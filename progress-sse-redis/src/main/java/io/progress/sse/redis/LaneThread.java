package io.progress.sse.redis;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The thread that lanes are kept on. What comes after it was closed is dropped.
 */
final class LaneThread implements AutoCloseable {

	private final Scheduler scheduler = Schedulers.newSingle("progress-redis-lanes", true);

	void run(Runnable task) {
		runIn(0, task);
	}

	void runIn(long millis, Runnable task) {
		try {
			this.scheduler.schedule(task, millis, TimeUnit.MILLISECONDS);
		}
		catch (RejectedExecutionException ex) {
			// Closed meanwhile.
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
