package io.progress.sse.aop;

import io.progress.sse.CurrentProgress;
import io.progress.sse.ProgressReporter;

/**
 * The reporter that can be injected into a singleton: each call goes to the job that the
 * calling thread works on, and nowhere outside a job.
 */
public final class CurrentReporter extends ForwardingReporter {

	@Override
	ProgressReporter target() {
		return CurrentProgress.reporter();
	}

}
