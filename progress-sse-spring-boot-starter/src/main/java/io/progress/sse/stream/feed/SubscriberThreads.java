package io.progress.sse.stream.feed;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import reactor.core.scheduler.Scheduler;

/**
 * Threads for subscribers in this process, which may block them. One that blocks has a
 * thread to itself for as long, one that has nothing to do has none.
 */
final class SubscriberThreads implements Executor, AutoCloseable {

	private static final long IDLE_SECONDS = 10;

	private static final long RETRY_MILLIS = 20;

	private final AtomicInteger count = new AtomicInteger();

	private final ThreadPoolExecutor threads;

	private final Scheduler timer;

	/**
	 * Creates the threads, none at first.
	 * @param max how many subscribers may block at a time before others have to wait
	 * @param timer where to wait
	 */
	SubscriberThreads(int max, Scheduler timer) {
		this.threads = new ThreadPoolExecutor(0, max, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(),
				this::thread);
		this.timer = timer;
	}

	/**
	 * Runs a task soon.
	 * @throws RejectedExecutionException after the end
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
	 * An executor that is equal to no other, for one subscriber.
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
	 * Takes no more tasks. Does not wait for those that are under way.
	 */
	@Override
	public void close() {
		this.threads.shutdown();
	}

	/**
	 * Waits for threads that have been told to end.
	 * @param deadline until when at most, as {@link System#nanoTime()} measures it
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
