package io.progress.sse.tail;

import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.util.concurrent.Queues;

/**
 * Runs the tasks of many tails one after the other. However many are due, the scheduler
 * has one task of ours at a time, so that a busy loop is not woken up for each event, and
 * timers are not in the way of events.
 */
final class TailLoop implements Executor, Runnable {

	private final Scheduler.Worker worker;

	private final Queue<Runnable> due = Queues.<Runnable>unboundedMultiproducer().get();

	/** Whether the scheduler has a task of ours. */
	private final AtomicBoolean scheduled = new AtomicBoolean();

	private final AtomicInteger count = new AtomicInteger();

	private volatile @Nullable RejectedExecutionException rejection;

	TailLoop(Scheduler.Worker worker) {
		this.worker = worker;
	}

	/**
	 * Has a task run soon.
	 * @throws RejectedExecutionException if the scheduler has been disposed of
	 */
	@Override
	public void execute(Runnable task) {
		if (this.rejection != null) {
			throw this.rejection;
		}
		this.due.add(task);
		this.count.incrementAndGet();
		schedule();
	}

	@Override
	public void run() {
		int some = this.count.get();
		int done = 0;
		try {
			while (done < some) {
				done++;
				next().run();
			}
		}
		finally {
			this.scheduled.set(false);
			if (this.count.addAndGet(-done) != 0) {
				schedule();
			}
		}
	}

	private Runnable next() {
		Runnable task = this.due.poll();
		if (task == null) {
			throw new IllegalStateException("Tasks must not be fewer than were counted");
		}
		return task;
	}

	private void schedule() {
		if (!this.scheduled.compareAndSet(false, true)) {
			return;
		}
		try {
			this.worker.schedule(this);
		}
		catch (RejectedExecutionException ex) {
			this.rejection = ex;
			throw ex;
		}
		catch (Throwable ex) {
			// There is no memory: the next task tries again.
			this.scheduled.set(false);
			throw ex;
		}
	}

}
