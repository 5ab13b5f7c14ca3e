package io.progress.sse.observation;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobId;
import io.progress.sse.observation.JobObservationDocumentation.HighCardinalityKeys;
import io.progress.sse.observation.JobObservationDocumentation.LowCardinalityKeys;

/**
 * The names of {@link JobObservationDocumentation}.
 */
public class DefaultJobObservationConvention implements JobObservationConvention {

	private static final String NONE = "none";

	@Override
	public String getName() {
		return JobObservationDocumentation.JOB.getName();
	}

	@Override
	public String getContextualName(JobObservationContext context) {
		return "job " + context.job().name();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(JobObservationContext context) {
		return KeyValues.of(LowCardinalityKeys.JOB.withValue(context.job().name()),
				LowCardinalityKeys.OUTCOME.withValue(context.state().wireName()),
				LowCardinalityKeys.EXCEPTION.withValue(exception(context.getError())));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(JobObservationContext context) {
		KeyValue id = HighCardinalityKeys.JOB_ID.withValue(context.job().id().value());
		JobId parent = context.job().parent();
		return (parent == null) ? KeyValues.of(id)
				: KeyValues.of(id, HighCardinalityKeys.JOB_PARENT.withValue(parent.value()));
	}

	private static String exception(@Nullable Throwable error) {
		if (error == null || error instanceof JobFailedException) {
			return NONE;
		}
		String name = error.getClass().getSimpleName();
		return name.isEmpty() ? error.getClass().getName() : name;
	}

}
