package io.progress.sse.redis.pubsub;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import io.progress.sse.support.ForeignCode;

/**
 * The thread that manages subscriptions. Tasks that come after it was closed are dropped.
 * If a task fails, the other tasks and its own next run are not affected.
 */
final class SubscriptionThread implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(SubscriptionThread.class);

	private final Scheduler scheduler = Schedulers.newSingle("progress-redis-channels", true);

	/**
	 * Queues a task.
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
		ForeignCode.run(task, SubscriptionThread::log);
	}

	private static void log(Throwable ex) {
		logger.warn("Subscriptions to Redis channels could not be checked; they will be checked again soon", ex);
	}

	@Override
	public void close() {
		this.scheduler.dispose();
	}

}
