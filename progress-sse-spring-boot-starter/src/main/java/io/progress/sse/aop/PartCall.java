package io.progress.sse.aop;

import org.jspecify.annotations.Nullable;

import io.progress.sse.ProgressReporter;

/**
 * A call that is a part of the enclosing job. That job also handles its exception.
 */
final class PartCall extends TrackedCall {

	PartCall(TrackedMethod method, ProgressReporter part) {
		super(method, part);
	}

	@Override
	void begin() {
		reporter().phase(method().name());
	}

	@Override
	void retry() {
		reporter().report(0, 0);
		reporter().indeterminate();
	}

	@Override
	void done(@Nullable Object result) {
		reporter().close();
	}

}
