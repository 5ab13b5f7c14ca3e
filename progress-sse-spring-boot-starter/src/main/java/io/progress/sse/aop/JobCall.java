package io.progress.sse.aop;

import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import io.progress.sse.ProgressJob;
import io.progress.sse.event.JobState;

/**
 * A call that is a job.
 */
final class JobCall extends TrackedCall {

	private final ProgressJob job;

	private final CompletionStage<?> committed;

	/**
	 * Creates a call.
	 * @param job its job, queued
	 * @param committed holds {@code done} back until it completes; its failure fails the
	 * job
	 */
	JobCall(TrackedMethod method, ProgressJob job, CompletionStage<?> committed) {
		super(method, job.reporter());
		this.job = job;
		this.committed = committed;
	}

	@Override
	void begin() {
		this.job.begin();
	}

	@Override
	void retry() {
		this.job.retry();
	}

	@Override
	void done(@Nullable Object result) {
		this.committed.whenComplete((committed, error) -> {
			if (error != null) {
				this.job.fail(error);
			}
			else if (method().annotation().exposeResult()) {
				this.job.done(result);
			}
			else {
				this.job.done();
			}
		});
	}

	@Override
	void fail(Throwable error) {
		this.job.fail(error);
	}

	@Override
	void cancelled() {
		this.job.cancelled();
	}

	@Override
	void unwanted() {
		this.job.cancel();
		if (this.job.state() == JobState.QUEUED) {
			this.job.cancelled();
		}
	}

}
