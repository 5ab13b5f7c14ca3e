package io.progress.sse.aop;

import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;

import io.progress.sse.Nesting;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressReporter;
import io.progress.sse.event.JobId;

/**
 * The job, if there is one, inside which a tracked method is called.
 *
 * @param reporter the reporter of the job around, or the part of it that the caller made
 * for the call; {@code null} outside a job
 * @param split whether the caller made a part
 * @param nesting what the call is to be
 */
record EnclosingJob(@Nullable ProgressReporter reporter, boolean split, Nesting nesting) {

	/**
	 * Looks around. Whatever the caller passed that is not alive, or is only the current
	 * reporter, stands for nothing.
	 * @param current the reporter that is current
	 */
	static EnclosingJob of(TrackedMethod method, ProxyMethodInvocation invocation, ProgressReporter current) {
		ProgressReporter passed = method.reporter(invocation.getArguments());
		Nesting nesting = method.annotation().nested();
		if (passed != null && passed != current && !(passed instanceof CurrentReporter) && passed.isActive()) {
			return new EnclosingJob(passed, true, nesting);
		}
		if (!current.isActive()) {
			return new EnclosingJob(null, false, nesting);
		}
		// A worker behind the caller's back may outlive the caller's job.
		boolean detached = nesting == Nesting.PHASE && method.async();
		return new EnclosingJob(current, false, detached ? Nesting.CHILD_JOB : nesting);
	}

	/**
	 * The call, if it is no job of its own. Where the caller made no part for it, its
	 * name is first entered as a phase of what is around: a plan may know it, and then
	 * the call fills the share of that phase.
	 */
	@Nullable TrackedCall inner(TrackedMethod method) {
		ProgressReporter reporter = this.reporter;
		if (reporter == null || this.nesting == Nesting.CHILD_JOB) {
			return null;
		}
		if (this.nesting == Nesting.IGNORE) {
			return new TrackedCall(method, reporter);
		}
		if (this.split) {
			return new PartCall(method, reporter);
		}
		reporter.phase(method.name());
		return new PartCall(method, reporter.split(0));
	}

	@Nullable JobId jobId() {
		return (this.reporter != null) ? this.reporter.jobId().orElse(null) : null;
	}

	/**
	 * Tells the viewers of the job around where its child is.
	 */
	void announce(ProgressJob child) {
		if (this.reporter != null) {
			this.reporter.data("childId", child.id().value());
		}
	}

}
