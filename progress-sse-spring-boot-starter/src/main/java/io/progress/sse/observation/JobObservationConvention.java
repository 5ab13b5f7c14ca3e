package io.progress.sse.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names the observation of a job and its keys. A bean of this type, most simply a
 * subclass of {@link DefaultJobObservationConvention}, replaces the default. Its methods
 * are called when the job starts and again when it ends, on the threads that cause this.
 * What they throw is logged, and the job goes on, perhaps unobserved.
 */
public interface JobObservationConvention extends ObservationConvention<JobObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof JobObservationContext;
	}

}
