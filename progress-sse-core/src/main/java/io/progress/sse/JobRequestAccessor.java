package io.progress.sse;

import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * Carries the current request over thread hops that Micrometer's context propagation
 * knows of. Found by the service loader.
 */
public final class JobRequestAccessor implements ThreadLocalAccessor<JobRequest> {

	@Override
	public Object key() {
		return JobRequest.class;
	}

	@Override
	public @Nullable JobRequest getValue() {
		return JobRequest.current();
	}

	@Override
	public void setValue(JobRequest value) {
		JobRequest.restore(value);
	}

	@Override
	public void setValue() {
		JobRequest.restore(null);
	}

}
