package io.progress.sse;

import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * Carries the current request to other threads with Micrometer's context propagation.
 * Found by the service loader.
 */
public final class RequestContextAccessor implements ThreadLocalAccessor<RequestContext> {

	@Override
	public Object key() {
		return RequestContext.class;
	}

	@Override
	public @Nullable RequestContext getValue() {
		return RequestContext.current();
	}

	@Override
	public void setValue(RequestContext value) {
		RequestContext.restore(value);
	}

	@Override
	public void setValue() {
		RequestContext.restore(null);
	}

}
