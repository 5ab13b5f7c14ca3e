package io.progress.sse.redis;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import io.progress.sse.support.ForeignCode;

/**
 * The thread that lanes are kept on. What comes after it was closed is dropped, and a
 * task that fails does not keep the others, or its own next turn, from running.
 */
final class LaneThread implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(LaneThread.class);

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
			this.scheduler.schedule(() -> runSafely(task), millis, TimeUnit.MILLISECONDS);
			return true;
		}
		catch (RejectedExecutionException ex) {
			return false;
		}
	}

	void runEach(long millis, Runnable task) {
		this.scheduler.schedulePeriodically(() -> runSafely(task), millis, millis, TimeUnit.MILLISECONDS);
	}

	private static void runSafely(Runnable task) {
		ForeignCode.run(task, LaneThread::complain);
	}

	private static void complain(Throwable ex) {
		logger.warn("Channels of Redis could not be looked after and are looked after again soon", ex);
	}

	@Override
	public void close() {
		this.scheduler.dispose();
	}

}
