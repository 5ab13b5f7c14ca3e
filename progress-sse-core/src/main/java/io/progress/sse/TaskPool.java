package io.progress.sse;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where tasks run when the application brings no executor: up to 64 daemon threads, up to
 * 10,000 tasks that wait for one.
 */
final class TaskPool extends ThreadPoolExecutor {

	private static final int THREADS = 64;

	private static final int WAITING = 10_000;

	TaskPool() {
		super(THREADS, THREADS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), named());
		allowCoreThreadTimeOut(true);
	}

	private static ThreadFactory named() {
		AtomicInteger count = new AtomicInteger();
		return (task) -> {
			Thread thread = new Thread(task, "progress-job-" + count.incrementAndGet());
			thread.setDaemon(true);
			return thread;
		};
	}

}
