package io.progress.sse.test;

import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An executor that at random refuses tasks, fails, runs them on the caller's thread, or
 * interrupts them while they run, as executors do when a task is cancelled.
 */
final class FaultyExecutor implements Executor, AutoCloseable {

	private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

	private final AtomicLong tasks = new AtomicLong();

	private final ExecutorService threads;

	private final ForeignFaults faults;

	private final long seed;

	FaultyExecutor(ExecutorService threads, ForeignFaults faults, long seed) {
		this.threads = threads;
		this.faults = faults;
		this.seed = seed;
	}

	@Override
	public void execute(Runnable task) {
		this.faults.maybe("executor", 100);
		SplittableRandom random = new SplittableRandom(this.seed + this.tasks.incrementAndGet());
		switch (random.nextInt(50)) {
			case 0 -> throw new RejectedExecutionException("made up");
			case 1 -> task.run();
			case 2, 3, 4 -> interrupt(task, random.nextInt(2_000));
			default -> this.threads.execute(task);
		}
	}

	/**
	 * Does not drop tasks that have not begun: a job whose task never runs cannot end.
	 */
	private void interrupt(Runnable task, long micros) {
		Future<?>[] future = new Future<?>[1];
		synchronized (future) {
			future[0] = this.threads.submit(() -> {
				synchronized (future) {
					var ignored = this.timer.schedule(() -> future[0].cancel(true), micros, TimeUnit.MICROSECONDS);
				}
				task.run();
			});
		}
	}

	@Override
	public void close() {
		this.timer.shutdownNow();
	}

}
