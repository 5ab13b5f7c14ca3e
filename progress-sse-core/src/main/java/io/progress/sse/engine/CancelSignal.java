package io.progress.sse.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.scheduler.Schedulers;

import io.progress.sse.Scope;
import io.progress.sse.support.ForeignCode;

/**
 * A request to stop a job, and the actions that wait for it. The thread that asks may be
 * an event loop, so it does not run the application's actions.
 */
final class CancelSignal {

	private static final Logger logger = LoggerFactory.getLogger(CancelSignal.class);

	private final Executor executor;

	private final ReentrantLock lock = new ReentrantLock();

	private final List<Runnable> actions = new ArrayList<>(0);

	private volatile boolean requested;

	/** Whether the process asked, because it ends. */
	private volatile boolean shutdown;

	/** Whether actions wait because the executor was full. */
	private volatile boolean waiting;

	/**
	 * Creates a signal that is not raised yet.
	 * @param executor runs the actions
	 */
	CancelSignal(Executor executor) {
		this.executor = executor;
	}

	boolean requested() {
		return this.requested;
	}

	boolean isShutdown() {
		return this.shutdown;
	}

	void request() {
		this.requested = true;
		execute();
	}

	/**
	 * Asks because the process ends, unless the job has been asked before.
	 */
	void requestForShutdown() {
		if (!this.requested) {
			this.shutdown = true;
			request();
		}
	}

	/**
	 * Offers refused actions to the executor again.
	 */
	void tick() {
		if (this.waiting) {
			this.waiting = false;
			execute();
		}
	}

	Scope onRequest(Runnable action) {
		this.lock.lock();
		try {
			if (!this.requested) {
				this.actions.add(action);
				return () -> remove(action);
			}
		}
		finally {
			this.lock.unlock();
		}
		run(action);
		return () -> {
		};
	}

	private void remove(Runnable action) {
		this.lock.lock();
		try {
			this.actions.remove(action);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * An action must not be lost. If the executor refuses it, this thread runs it; if
	 * this thread must not block, the job's next tick offers it again.
	 */
	private void execute() {
		List<Runnable> due = taken();
		if (due.isEmpty()) {
			return;
		}
		try {
			this.executor.execute(() -> due.forEach(CancelSignal::run));
		}
		catch (Throwable ex) {
			if (Schedulers.isInNonBlockingThread()) {
				putBack(due);
			}
			else {
				due.forEach(CancelSignal::run);
			}
		}
	}

	private List<Runnable> taken() {
		this.lock.lock();
		try {
			List<Runnable> taken = List.copyOf(this.actions);
			this.actions.clear();
			return taken;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void putBack(List<Runnable> due) {
		this.lock.lock();
		try {
			this.actions.addAll(due);
			this.waiting = true;
		}
		finally {
			this.lock.unlock();
		}
	}

	private static void run(Runnable action) {
		ForeignCode.run(action, (ex) -> logger.warn("A cancel action failed", ex));
	}

}
