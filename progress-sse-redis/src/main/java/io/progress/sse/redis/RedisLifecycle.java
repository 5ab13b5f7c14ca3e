package io.progress.sse.redis;

import org.springframework.context.SmartLifecycle;

/**
 * Closes connections to Redis when the application stops, for good or for a checkpoint,
 * and allows them again when it starts. It stops after the tracker and the webhooks, so
 * that they can store their last events, and before the application's connection factory.
 */
final class RedisLifecycle implements SmartLifecycle {

	/**
	 * The tracker stops in phase {@code Integer.MAX_VALUE / 2 - 1024}, connection
	 * factories in phase 0.
	 */
	static final int PHASE = Integer.MAX_VALUE / 2 - 2048;

	private final Runnable start;

	private final Runnable stop;

	private volatile boolean running;

	RedisLifecycle(Runnable start, Runnable stop) {
		this.start = start;
		this.stop = stop;
	}

	@Override
	public void start() {
		this.start.run();
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		this.stop.run();
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
