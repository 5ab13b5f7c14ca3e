package io.progress.sse.autoconfigure;

import org.springframework.context.SmartLifecycle;

import io.progress.sse.webhook.WebhookNotifier;

/**
 * Delivers while the application runs; behind the tracker, whose jobs end when it closes,
 * and before connections to a queue close.
 */
final class WebhookLifecycle implements SmartLifecycle {

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
		return ProgressTrackerLifecycle.PHASE - 1;
	}

}
