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
 * Runs tasks on threads of its own, so many at a time; so many more wait. A
 * {@link ProgressTracker} asks it for a place before it admits a job, so a job that finds
 * none has never been.
 */
public final class JobExecutor implements Executor, AutoCloseable {

	/** How many threads there are by default. */
	public static final int DEFAULT_THREADS = 64;

	/** How many tasks may wait by default. */
	public static final int DEFAULT_QUEUE_CAPACITY = 10_000;

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
	 * @param decorator is asked for what really runs, on the thread that brings the task
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
	 * @throws TooManyJobsException if as many tasks wait as may
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
			throw new TooManyJobsException("No thread and no place to wait for one is free: 'threads' is "
					+ this.threads + " and 'queueCapacity' is " + this.queueCapacity
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
	 * How many tasks run.
	 * @return the number at this moment
	 */
	public int active() {
		return this.pool.getActiveCount();
	}

	/**
	 * How many tasks wait for a thread.
	 * @return the number at this moment
	 */
	public int queued() {
		return this.pool.getQueue().size();
	}

	/**
	 * How many tasks found no place.
	 * @return the number since this was made
	 */
	public long refused() {
		return this.refused.sum();
	}

	/**
	 * Waits until no task runs or waits.
	 * @param timeout how long to wait at most
	 * @return whether there is none
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

	/** Interrupts the tasks that run, and forgets those that wait. */
	public void stop() {
		this.pool.shutdownNow();
	}

	/** Takes no more tasks. Those that run or wait are left alone. */
	@Override
	public void close() {
		this.pool.shutdown();
	}

}
