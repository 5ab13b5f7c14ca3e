package io.progress.sse.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

import io.progress.sse.RequestContext;
import io.progress.sse.engine.JobObservation;
import io.progress.sse.engine.JobObserver;

/**
 * Observes jobs. The parent of an observation is that of the subscriber who starts the
 * job, else the one that is current on the thread, else that of the request which the
 * thread serves.
 */
public final class ObservedJobs implements JobObserver {

	static final String KEY = ObservationThreadLocalAccessor.KEY;

	private final ObservationRegistry registry;

	private final JobObservationConvention convention;

	/**
	 * Creates an observer.
	 * @param registry the registry of the observations
	 * @param convention names them
	 */
	public ObservedJobs(ObservationRegistry registry, JobObservationConvention convention) {
		this.registry = registry;
		this.convention = convention;
	}

	@Override
	public JobObservation observe(ContextView context) {
		return this.registry.isNoop() ? JobObservation.NONE
				: new ObservedJob(this.registry, this.convention, parent(context));
	}

	private @Nullable Observation parent(ContextView context) {
		Observation subscriber = context.getOrDefault(KEY, null);
		if (subscriber != null) {
			return subscriber;
		}
		Observation current = this.registry.getCurrentObservation();
		if (current != null) {
			return current;
		}
		RequestContext request = context.getOrDefault(RequestContext.class, RequestContext.current());
		return (request != null) ? request.context().getOrDefault(KEY, null) : null;
	}

}
