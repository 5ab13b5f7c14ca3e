package io.progress.sse.engine;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import reactor.core.scheduler.NonBlocking;

/**
 * An executor of one daemon thread that survives an {@code OutOfMemoryError}. In an
 * ordinary pool the thread dies, and if no new one can be started either, the queue
 * stands still until the next task comes. Here the dying thread starts its successor.
 */
class TickerExecutor extends ScheduledThreadPoolExecutor {

	/** Without jobs there is no thread, so that a paused application has none. */
	private static final long IDLE_SECONDS = 1;

	private static final long PAUSE_NANOS = Duration.ofMillis(100).toNanos();

	TickerExecutor() {
		super(1);
		setThreadFactory((worker) -> new TickerThread(() -> outlive(worker)));
		setRemoveOnCancelPolicy(true);
		setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
		allowCoreThreadTimeOut(true);
	}

	private void outlive(Runnable worker) {
		try {
			worker.run();
		}
		catch (Throwable ex) {
			while (!succeeded()) {
				LockSupport.parkNanos(PAUSE_NANOS);
			}
		}
	}

	private boolean succeeded() {
		try {
			prestartCoreThread();
			return true;
		}
		catch (Throwable ex) {
			return isShutdown();
		}
	}

	private static final class TickerThread extends Thread implements NonBlocking {

		TickerThread(Runnable task) {
			super(task, "progress-ticker-1");
			setDaemon(true);
		}

	}

}
