package io.progress.sse.autoconfigure;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;

import io.progress.sse.ProgressTracker;

/**
 * Ends what still runs when the application closes: behind the streams, the web server
 * and the executors, which have waited for their tasks, and before connections to a store
 * close. A context that is only paused keeps its jobs.
 */
final class ProgressTrackerLifecycle implements SmartLifecycle {

	/** Executors are in {@code Integer.MAX_VALUE / 2}, connection factories in 0. */
	static final int PHASE = Integer.MAX_VALUE / 2 - 1024;

	private final ProgressTracker tracker;

	private final ConfigurableApplicationContext context;

	private volatile boolean running;

	ProgressTrackerLifecycle(ProgressTracker tracker, ConfigurableApplicationContext context) {
		this.tracker = tracker;
		this.context = context;
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		if (this.context.isClosed()) {
			this.tracker.close();
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
