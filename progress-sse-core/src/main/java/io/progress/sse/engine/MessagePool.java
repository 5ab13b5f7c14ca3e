package io.progress.sse.engine;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes status lines whose workers have begun a long step. The application's code runs
 * there, and may block: neither the ticker nor a worker waits for it. Up to 16 daemon
 * threads and no queue, because a tick later the same text is asked for again.
 */
final class MessagePool extends ThreadPoolExecutor {

	private static final int THREADS = 16;

	MessagePool() {
		super(0, THREADS, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), named());
	}

	/**
	 * Runs a task if a thread is free.
	 * @return whether one was
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
