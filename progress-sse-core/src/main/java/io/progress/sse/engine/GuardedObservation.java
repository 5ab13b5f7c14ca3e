package io.progress.sse.engine;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

import io.progress.sse.Scope;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.support.ForeignCode;

/**
 * An observation whose exceptions, which are those of the application's handlers, do not
 * reach the work. One that has failed is not made current any more: with context
 * propagation, Reactor would open its scopes itself, and what a handler throws there
 * would be lost together with the work's signal.
 */
final class GuardedObservation implements JobObservation {

	private static final Logger logger = LoggerFactory.getLogger(GuardedObservation.class);

	private static final Scope NOTHING = () -> {
	};

	private final JobObservation observation;

	private volatile boolean failed;

	private GuardedObservation(JobObservation observation) {
		this.observation = observation;
	}

	static JobObservation of(JobObserver observer, ContextView context) {
		if (observer == JobObserver.NONE) {
			return NONE;
		}
		JobObservation observation = ForeignCode.ask(() -> observer.observe(context), NONE, GuardedObservation::log);
		return (observation != NONE) ? new GuardedObservation(observation) : NONE;
	}

	@Override
	public void started(JobInfo job) {
		ForeignCode.run(() -> this.observation.started(job), this::fail);
	}

	@Override
	public void entered(String phase) {
		ForeignCode.run(() -> this.observation.entered(phase), this::fail);
	}

	@Override
	public void ended(ProgressEvent terminal, @Nullable Throwable cause) {
		ForeignCode.run(() -> this.observation.ended(terminal, cause), this::fail);
	}

	@Override
	public Scope activate() {
		if (this.failed) {
			return NOTHING;
		}
		Thread thread = Thread.currentThread();
		Scope scope = ForeignCode.ask(this.observation::activate, NOTHING, this::fail);
		return () -> {
			if (Thread.currentThread() == thread) {
				ForeignCode.run(scope::close, this::fail);
			}
		};
	}

	@Override
	public Context addTo(Context context) {
		return this.failed ? context : ForeignCode.ask(() -> this.observation.addTo(context), context, this::fail);
	}

	private void fail(Throwable failure) {
		this.failed = true;
		log(failure);
	}

	private static void log(Throwable failure) {
		logger.warn("A job could not be observed; it goes on", failure);
	}

}
