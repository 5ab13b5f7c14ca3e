package io.progress.sse.redis.connection;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The threads that open connections, because that blocks.
 */
final class Connector {

	private static final int THREADS = 4;

	private static final int QUEUE = 1_000;

	private static final int IDLE_SECONDS = 10;

	/** A little longer than opening a connection may take. */
	private static final Duration MAX_WAIT = RedisLink.COMMAND_TIMEOUT.plusMillis(500);

	private final Duration maxWait;

	private volatile Scheduler scheduler = threads();

	Connector() {
		this(MAX_WAIT);
	}

	Connector(Duration maxWait) {
		this.maxWait = maxWait;
	}

	/**
	 * Runs a blocking task.
	 * @param connecting opens a connection
	 * @return drops the task if it has not begun
	 * @throws RejectedExecutionException while stopped
	 */
	Disposable run(Runnable connecting) {
		return this.scheduler.schedule(connecting);
	}

	void start() {
		this.scheduler = threads();
	}

	/**
	 * Accepts no more tasks and waits for the running ones, because they use threads of
	 * the application that may end soon. Those that take longer than they may are
	 * interrupted.
	 */
	void stop() {
		CountDownLatch ended = new CountDownLatch(1);
		this.scheduler.disposeGracefully().onErrorComplete().doFinally((signal) -> ended.countDown()).subscribe();
		await(ended, this.maxWait);
		this.scheduler.dispose();
	}

	private static void await(CountDownLatch ended, Duration patience) {
		try {
			var ignored = ended.await(patience.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static Scheduler threads() {
		return Schedulers.newBoundedElastic(THREADS, QUEUE, "progress-redis-connect", IDLE_SECONDS, true);
	}

}
