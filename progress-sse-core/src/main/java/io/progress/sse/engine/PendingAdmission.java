package io.progress.sse.engine;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.MonoSink;

import io.progress.sse.support.SignallingWork;

/**
 * Passes a job to the subscriber of its admission. A subscriber that cancels before it
 * has the job cannot end it, so this class ends it.
 */
final class PendingAdmission {

	private final MonoSink<TrackedJob> subscriber;

	private volatile @Nullable TrackedJob job;

	private volatile boolean left;

	PendingAdmission(MonoSink<TrackedJob> subscriber) {
		this.subscriber = subscriber;
		subscriber.onCancel(this::leave);
	}

	/**
	 * Runs a step and signals whatever it throws.
	 */
	void attempt(Runnable step) {
		try {
			step.run();
		}
		catch (Throwable ex) {
			this.subscriber.error(SignallingWork.signalled(ex));
		}
	}

	/**
	 * Sets the job that is being admitted.
	 */
	void expect(TrackedJob job) {
		this.job = job;
		if (this.left) {
			job.cancelled();
		}
	}

	void handOver(TrackedJob job) {
		expect(job);
		if (!this.left) {
			this.subscriber.success(job);
		}
	}

	boolean isWanted() {
		return !this.left;
	}

	private void leave() {
		this.left = true;
		TrackedJob expected = this.job;
		if (expected != null) {
			expected.cancelled();
		}
	}

}
