package io.progress.sse.test;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.progress.sse.Scope;

/**
 * A request to stop a worker, and the actions that wait for it. Each action runs at most
 * once.
 */
final class Cancellation {

	private final List<Runnable> actions = new CopyOnWriteArrayList<>();

	private volatile boolean requested;

	boolean isRequested() {
		return this.requested;
	}

	void request() {
		this.requested = true;
		this.actions.forEach(this::run);
	}

	Scope onRequest(Runnable action) {
		this.actions.add(action);
		if (this.requested) {
			run(action);
		}
		return () -> this.actions.remove(action);
	}

	private void run(Runnable action) {
		if (this.actions.remove(action)) {
			action.run();
		}
	}

}
