package io.progress.sse.autoconfigure;

import java.time.Duration;

import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.Ordered;

import io.progress.sse.ProgressTracker;

/**
 * Ends the jobs when the application shuts down.
 *
 * <ol>
 * <li>When the application begins to close, before the streams end, jobs are asked to
 * stop and get some time to do so. If the store is in this process, the other jobs are
 * ended now, because no one could see their end later.</li>
 * <li>Otherwise the other jobs may go on while the web server and the executors wait for
 * their tasks; jobs that still run then are ended before the connections to the store
 * close.</li>
 * </ol>
 *
 * A context that is only paused keeps its jobs.
 */
final class ProgressTrackerLifecycle implements SmartLifecycle, ApplicationListener<ContextClosedEvent>, Ordered {

	/**
	 * Executors stop in phase {@code Integer.MAX_VALUE / 2}, connection factories in
	 * phase 0.
	 */
	static final int PHASE = Integer.MAX_VALUE / 2 - 1024;

	private final ProgressTracker tracker;

	private final Duration stopTimeout;

	private final boolean othersTell;

	private final ConfigurableApplicationContext context;

	private volatile boolean running;

	/**
	 * Creates the lifecycle.
	 * @param stopTimeout how long to wait for jobs that were asked to stop
	 * @param othersTell whether other nodes can show later how a job has ended
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

	/** Before the streams end, which comes last. */
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
