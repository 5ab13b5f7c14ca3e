package io.progress.sse.engine;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Calls the suppliers of status lines whose workers have begun a long step. A supplier is
 * application code and may block, so neither the ticker nor a worker waits for it. Up to
 * 16 daemon threads and no queue, because the next tick asks for the same text again.
 */
final class MessagePool extends ThreadPoolExecutor {

	private static final int THREADS = 16;

	MessagePool() {
		super(0, THREADS, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), named());
	}

	/**
	 * Runs a task if a thread is free.
	 * @return whether a thread was free
	 */
	boolean offer(Runnable task) {
		try {
			execute(task);
			return true;
		}
		catch (RejectedExecutionException ex) {
			return false;
		}
	}

	private static ThreadFactory named() {
		AtomicInteger count = new AtomicInteger();
		return (task) -> {
			Thread thread = new Thread(task, "progress-text-" + count.incrementAndGet());
			thread.setDaemon(true);
			return thread;
		};
	}

}
