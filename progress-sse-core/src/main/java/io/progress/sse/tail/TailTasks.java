package io.progress.sse.tail;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/**
 * Runs the tasks of one tail, one after the other, until the tail is released. A task
 * that fails or is refused ends the tail with an error.
 */
final class TailTasks {

	private final Executor loop;

	private final Scheduler scheduler;

	private final Consumer<Throwable> onError;

	private volatile boolean released;

	TailTasks(Executor loop, Scheduler scheduler, Consumer<Throwable> onError) {
		this.loop = loop;
		this.scheduler = scheduler;
		this.onError = onError;
	}

	void post(Runnable task) {
		try {
			this.loop.execute(() -> run(task));
		}
		catch (RejectedExecutionException ex) {
			onRejection(ex);
		}
	}

	Disposable post(Runnable task, long delayMillis) {
		try {
			return this.scheduler.schedule(() -> post(task), delayMillis, TimeUnit.MILLISECONDS);
		}
		catch (RejectedExecutionException ex) {
			onRejection(ex);
			return Disposables.disposed();
		}
	}

	private void onRejection(RejectedExecutionException ex) {
		if (!this.released) {
			this.onError.accept(ex);
		}
	}

	private void run(Runnable task) {
		if (this.released) {
			return;
		}
		try {
			task.run();
		}
		catch (Throwable ex) {
			this.onError.accept(ex);
		}
	}

	/**
	 * Drops all tasks that have not run yet, and later ones.
	 */
	void release() {
		this.released = true;
	}

	boolean isReleased() {
		return this.released;
	}

}
