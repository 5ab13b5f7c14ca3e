package io.progress.sse.aop;

import io.progress.sse.CurrentProgress;
import io.progress.sse.ProgressReporter;

/**
 * The reporter that can be injected into a singleton: each call goes to the job of the
 * calling thread; outside a job it does nothing.
 */
public final class CurrentReporter extends ForwardingReporter {

	@Override
	ProgressReporter target() {
		return CurrentProgress.reporter();
	}

}
