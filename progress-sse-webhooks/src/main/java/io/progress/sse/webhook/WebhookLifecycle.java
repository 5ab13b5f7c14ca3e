package io.progress.sse.webhook;

import org.springframework.context.SmartLifecycle;

/**
 * Starts and stops the notifier. It stops after the tracker, because jobs end when that
 * closes, and before the connections of a queue close.
 */
final class WebhookLifecycle implements SmartLifecycle {

	/**
	 * The tracker has the next higher phase, so it stops first; connections to Redis have
	 * a much lower one.
	 */
	static final int PHASE = Integer.MAX_VALUE / 2 - 1025;

	private final WebhookNotifier notifier;

	private volatile boolean running;

	WebhookLifecycle(WebhookNotifier notifier) {
		this.notifier = notifier;
	}

	@Override
	public void start() {
		this.notifier.start();
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		this.notifier.stop();
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
