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
 * reach the work.
 */
final class GuardedObservation implements JobObservation {

	private static final Logger logger = LoggerFactory.getLogger(GuardedObservation.class);

	private static final Scope NOTHING = () -> {
	};

	private final JobObservation observation;

	private GuardedObservation(JobObservation observation) {
		this.observation = observation;
	}

	static JobObservation of(JobObserver observer, ContextView context) {
		if (observer == JobObserver.NONE) {
			return NONE;
		}
		JobObservation observation = ForeignCode.ask(() -> observer.observe(context), NONE,
				GuardedObservation::complain);
		return (observation != NONE) ? new GuardedObservation(observation) : NONE;
	}

	@Override
	public void started(JobInfo job) {
		ForeignCode.run(() -> this.observation.started(job), GuardedObservation::complain);
	}

	@Override
	public void entered(String phase) {
		ForeignCode.run(() -> this.observation.entered(phase), GuardedObservation::complain);
	}

	@Override
	public void ended(ProgressEvent terminal, @Nullable Throwable cause) {
		ForeignCode.run(() -> this.observation.ended(terminal, cause), GuardedObservation::complain);
	}

	@Override
	public Scope activate() {
		Thread thread = Thread.currentThread();
		Scope scope = ForeignCode.ask(this.observation::activate, NOTHING, GuardedObservation::complain);
		return () -> {
			if (Thread.currentThread() == thread) {
				ForeignCode.run(scope::close, GuardedObservation::complain);
			}
		};
	}

	@Override
	public Context addTo(Context context) {
		return ForeignCode.ask(() -> this.observation.addTo(context), context, GuardedObservation::complain);
	}

	private static void complain(Throwable failure) {
		logger.warn("A job could not be observed; it goes on", failure);
	}

}
