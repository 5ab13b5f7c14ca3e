package io.progress.sse.stream.feed;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import reactor.core.scheduler.Scheduler;

/**
 * Threads for subscribers in this process, which may block. A subscriber has a thread to
 * itself while it blocks, and none while it is idle.
 */
final class SubscriberThreads implements Executor, AutoCloseable {

	private static final long IDLE_SECONDS = 10;

	private static final long RETRY_MILLIS = 20;

	private final AtomicInteger count = new AtomicInteger();

	private final ThreadPoolExecutor threads;

	private final Scheduler timer;

	/**
	 * Creates the pool without threads.
	 * @param max how many subscribers may block at the same time before others have to
	 * wait
	 * @param timer schedules delayed tasks
	 */
	SubscriberThreads(int max, Scheduler timer) {
		this.threads = new ThreadPoolExecutor(0, max, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(),
				this::thread);
		this.timer = timer;
	}

	/**
	 * Queues a task.
	 * @throws RejectedExecutionException after this was closed
	 */
	@Override
	public void execute(Runnable task) {
		try {
			this.threads.execute(task);
		}
		catch (RejectedExecutionException ex) {
			if (this.threads.isShutdown()) {
				throw ex;
			}
			this.timer.schedule(() -> execute(task), RETRY_MILLIS, TimeUnit.MILLISECONDS);
		}
	}

	/**
	 * Creates an executor for one subscriber. It is equal to no other executor.
	 */
	Executor forOne() {
		return new Executor() {
			@Override
			public void execute(Runnable task) {
				SubscriberThreads.this.execute(task);
			}
		};
	}

	/**
	 * Accepts no more tasks. Does not wait for running ones.
	 */
	@Override
	public void close() {
		this.threads.shutdown();
	}

	/**
	 * Waits for threads that have been told to end.
	 * @param deadline the time at which to give up, as of {@link System#nanoTime()}
	 */
	void join(long deadline) {
		try {
			var unused = this.threads.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private Thread thread(Runnable task) {
		Thread thread = new Thread(task, "progress-sse-subscriber-" + this.count.incrementAndGet());
		thread.setDaemon(true);
		return thread;
	}

}
