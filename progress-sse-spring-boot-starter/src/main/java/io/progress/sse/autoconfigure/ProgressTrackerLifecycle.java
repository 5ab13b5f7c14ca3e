package io.progress.sse.autoconfigure;

import java.time.Duration;

import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.Ordered;

import io.progress.sse.ProgressTracker;

/**
 * Takes the jobs down with the application.
 *
 * <ol>
 * <li>When the application begins to close, before streams say goodbye, jobs are asked to
 * stop, and those that look get a moment to do so. Where the store goes with the process,
 * nobody can tell later what became of the others, so they are ended.</li>
 * <li>Otherwise these may go on while the web server and the executors wait for their
 * tasks; what still runs then is ended before connections to the store close.</li>
 * </ol>
 *
 * A context that is only paused keeps its jobs.
 */
final class ProgressTrackerLifecycle implements SmartLifecycle, ApplicationListener<ContextClosedEvent>, Ordered {

	/** Executors are in {@code Integer.MAX_VALUE / 2}, connection factories in 0. */
	static final int PHASE = Integer.MAX_VALUE / 2 - 1024;

	private final ProgressTracker tracker;

	private final Duration stopTimeout;

	private final boolean othersTell;

	private final ConfigurableApplicationContext context;

	private volatile boolean running;

	/**
	 * Creates the lifecycle.
	 * @param stopTimeout how long to wait for jobs that were asked to stop
	 * @param othersTell whether other nodes can tell later how a job has ended
	 */
	ProgressTrackerLifecycle(ProgressTracker tracker, Duration stopTimeout, boolean othersTell,
			ConfigurableApplicationContext context) {
		this.tracker = tracker;
		this.stopTimeout = stopTimeout;
		this.othersTell = othersTell;
		this.context = context;
	}

	@Override
	public void onApplicationEvent(ContextClosedEvent event) {
		if (event.getApplicationContext() == this.context) {
			this.tracker.stop(this.stopTimeout);
			if (!this.othersTell) {
				this.tracker.close();
			}
		}
	}

	/** Ahead of the streams' goodbye, which comes last. */
	@Override
	public int getOrder() {
		return LOWEST_PRECEDENCE - 1;
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
