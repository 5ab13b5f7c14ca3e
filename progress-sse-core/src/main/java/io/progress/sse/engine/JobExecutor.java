package io.progress.sse.engine;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;

import io.progress.sse.ProgressTracker;
import io.progress.sse.TooManyJobsException;

/**
 * Runs tasks on its own threads, with a limit for running tasks and one for waiting
 * tasks. A {@link ProgressTracker} asks it for a place before it admits a job, so a job
 * without a place is never created.
 */
public final class JobExecutor implements Executor, AutoCloseable {

	private final LongAdder refused = new LongAdder();

	private final int threads;

	private final int queueCapacity;

	private final Semaphore places;

	private final UnaryOperator<Runnable> decorator;

	private final ThreadPoolExecutor pool;

	/**
	 * Creates an executor.
	 * @param threads how many tasks run at a time, at least 1
	 * @param queueCapacity how many tasks may wait, not negative
	 * @param factory makes the threads
	 * @param decorator wraps each task, on the thread that submits it
	 * @throws IllegalArgumentException if a number is out of its range
	 */
	public JobExecutor(int threads, int queueCapacity, ThreadFactory factory, UnaryOperator<Runnable> decorator) {
		if (threads < 1 || queueCapacity < 0 || threads > Integer.MAX_VALUE - queueCapacity) {
			throw new IllegalArgumentException("'threads' must be at least 1, 'queueCapacity' at least 0 and their sum "
					+ "at most " + Integer.MAX_VALUE + ", but they are " + threads + " and " + queueCapacity);
		}
		this.threads = threads;
		this.queueCapacity = queueCapacity;
		this.places = new Semaphore(threads + queueCapacity);
		this.decorator = decorator;
		this.pool = new ThreadPoolExecutor(threads, threads, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
				factory);
		this.pool.allowCoreThreadTimeOut(true);
	}

	/**
	 * Creates an executor of daemon threads.
	 * @param threads how many tasks run at a time, at least 1
	 * @param queueCapacity how many tasks may wait, not negative
	 * @throws IllegalArgumentException if a number is out of its range
	 */
	public JobExecutor(int threads, int queueCapacity) {
		this(threads, queueCapacity, daemons("progress-job-"), UnaryOperator.identity());
	}

	/**
	 * Makes daemon threads.
	 * @param prefix what their names begin with; a number follows
	 * @return a new factory
	 */
	public static ThreadFactory daemons(String prefix) {
		AtomicInteger count = new AtomicInteger();
		return (task) -> {
			Thread thread = new Thread(task, prefix + count.incrementAndGet());
			thread.setDaemon(true);
			return thread;
		};
	}

	/**
	 * Runs a task, now or when a thread is free.
	 * @param task the task
	 * @throws TooManyJobsException if the queue is full
	 * @throws java.util.concurrent.RejectedExecutionException if this was closed
	 */
	@Override
	public void execute(Runnable task) {
		reserve();
		executeReserved(task);
	}

	void reserve() {
		if (!this.places.tryAcquire()) {
			this.refused.increment();
			throw new TooManyJobsException("All threads are busy and the queue is full: 'threads' is " + this.threads
					+ " and 'queueCapacity' is " + this.queueCapacity
					+ "; raise one of them, or start the job again later", null);
		}
	}

	void release() {
		this.places.release();
	}

	void executeReserved(Runnable task) {
		try {
			Runnable decorated = this.decorator.apply(task);
			this.pool.execute(() -> {
				try {
					decorated.run();
				}
				finally {
					release();
				}
			});
		}
		catch (Throwable ex) {
			release();
			throw ex;
		}
	}

	/**
	 * Returns how many tasks run.
	 * @return the number at this moment
	 */
	public int active() {
		return this.pool.getActiveCount();
	}

	/**
	 * Returns how many tasks wait for a thread.
	 * @return the number at this moment
	 */
	public int queued() {
		return this.pool.getQueue().size();
	}

	/**
	 * Returns how many tasks were refused.
	 * @return the number since this executor was created
	 */
	public long refused() {
		return this.refused.sum();
	}

	/**
	 * Waits until no task is running or waiting.
	 * @param timeout how long to wait at most
	 * @return whether all tasks have ended
	 * @throws InterruptedException if this thread is interrupted meanwhile
	 */
	public boolean awaitIdle(Duration timeout) throws InterruptedException {
		int all = this.threads + this.queueCapacity;
		boolean idle = this.places.tryAcquire(all, timeout.toNanos(), TimeUnit.NANOSECONDS);
		if (idle) {
			this.places.release(all);
		}
		return idle;
	}

	/** Interrupts the running tasks and drops the waiting ones. */
	public void stop() {
		this.pool.shutdownNow();
	}

	/** Accepts no more tasks. Running and waiting tasks are not touched. */
	@Override
	public void close() {
		this.pool.shutdown();
	}

}
