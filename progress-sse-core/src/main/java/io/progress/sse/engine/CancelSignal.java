package io.progress.sse.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.progress.sse.support.ForeignCode;

/**
 * Whether a job was asked to stop, and who wants to hear of it. The asker, which may be
 * an event loop, does not run the application's actions.
 */
final class CancelSignal {

	private static final Logger logger = LoggerFactory.getLogger(CancelSignal.class);

	private final Executor executor;

	private final ReentrantLock lock = new ReentrantLock();

	private final List<Runnable> actions = new ArrayList<>(0);

	private volatile boolean requested;

	/**
	 * Creates a switch.
	 * @param executor runs the actions
	 */
	CancelSignal(Executor executor) {
		this.executor = executor;
	}

	boolean requested() {
		return this.requested;
	}

	void request() {
		List<Runnable> due;
		this.lock.lock();
		try {
			this.requested = true;
			due = List.copyOf(this.actions);
			this.actions.clear();
		}
		finally {
			this.lock.unlock();
		}
		if (!due.isEmpty()) {
			execute(() -> due.forEach(CancelSignal::run));
		}
	}

	AutoCloseable onRequest(Runnable action) {
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
	 * An action must not be lost, so the asker runs those that the executor refuses.
	 */
	private void execute(Runnable actions) {
		try {
			this.executor.execute(actions);
		}
		catch (Throwable ex) {
			actions.run();
		}
	}

	private static void run(Runnable action) {
		ForeignCode.run(action, (ex) -> logger.warn("A cancel action failed", ex));
	}

}
