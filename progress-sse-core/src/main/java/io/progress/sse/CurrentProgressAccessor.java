package io.progress.sse;

import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * Carries the current reporter to other threads with Micrometer's context propagation.
 * Found by the service loader.
 */
public final class CurrentProgressAccessor implements ThreadLocalAccessor<ProgressReporter> {

	@Override
	public Object key() {
		return CurrentProgress.KEY;
	}

	@Override
	public @Nullable ProgressReporter getValue() {
		return CurrentProgress.get();
	}

	@Override
	public void setValue(ProgressReporter value) {
		CurrentProgress.set(value);
	}

	@Override
	public void setValue() {
		CurrentProgress.set(null);
	}

}
