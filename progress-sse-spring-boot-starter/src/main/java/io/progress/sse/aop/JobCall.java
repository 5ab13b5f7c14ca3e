package io.progress.sse.aop;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;

import io.progress.sse.ProgressJob;
import io.progress.sse.Scope;
import io.progress.sse.event.JobState;

/**
 * A call that is a job of its own.
 */
final class JobCall extends TrackedCall {

	private final ProgressJob job;

	private final CompletionStage<?> committed;

	private final DroppedResults dropped;

	/**
	 * Creates a call.
	 * @param job its job, queued
	 * @param committed delays {@code done} until it completes; if it fails, so does the
	 * job
	 * @param dropped gets results that may never be used
	 */
	JobCall(TrackedMethod method, ProgressJob job, CompletionStage<?> committed, DroppedResults dropped) {
		super(method, job.reporter());
		this.job = job;
		this.committed = committed;
		this.dropped = dropped;
	}

	@Override
	Scope activate() {
		return this.job.activate();
	}

	@Override
	Context addTo(Context context) {
		return this.job.addTo(context);
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
		this.job.fail(error, true);
	}

	@Override
	void cancelled() {
		this.job.cancelled();
	}

	@Override
	void endIfDropped(Object result, AtomicBoolean taken) {
		ProgressJob job = this.job;
		this.dropped.watch(result, () -> {
			if (!taken.get()) {
				job.close();
			}
		});
	}

	@Override
	void unwanted() {
		this.job.cancel();
		if (this.job.state() == JobState.QUEUED) {
			this.job.cancelled();
		}
	}

}
