package io.progress.sse.redis;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Where connections are made, which blocks.
 */
final class Connector {

	private static final int THREADS = 4;

	private static final int QUEUE = 1_000;

	private static final int IDLE_SECONDS = 10;

	/** As long as it takes to connect at most, and a little more. */
	private static final Duration PATIENCE = StoreSettings.COMMAND_TIMEOUT.plusMillis(500);

	private volatile Scheduler scheduler = threads();

	/**
	 * Runs something that blocks.
	 * @param connecting makes a connection
	 * @return does not wait for it any more
	 * @throws RejectedExecutionException while stopped
	 */
	Disposable run(Runnable connecting) {
		return this.scheduler.schedule(connecting);
	}

	void start() {
		this.scheduler = threads();
	}

	/**
	 * Takes no more, and waits for what is under way: it needs threads of the application
	 * that may be gone right behind.
	 */
	void stop() {
		CountDownLatch ended = new CountDownLatch(1);
		this.scheduler.disposeGracefully().onErrorComplete().doFinally((signal) -> ended.countDown()).subscribe();
		await(ended, PATIENCE);
	}

	static void await(CountDownLatch ended, Duration patience) {
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
