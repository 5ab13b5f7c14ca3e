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
 * @param reporter the reporter of the enclosing job, or the part that the caller created
 * for the call; {@code null} outside a job
 * @param split whether the caller created a part
 * @param nesting what the call becomes
 */
record EnclosingJob(@Nullable ProgressReporter reporter, boolean split, Nesting nesting) {

	/**
	 * Finds the enclosing job. A passed reporter that has ended, or that only delegates
	 * to the current one, is ignored.
	 * @param current the current reporter
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
		// An asynchronous call may outlive the caller's job.
		boolean detached = nesting == Nesting.PHASE && method.async();
		return new EnclosingJob(current, false, detached ? Nesting.CHILD_JOB : nesting);
	}

	/**
	 * Creates the call, if it does not become a job of its own. If the caller created no
	 * part for it, its name is first entered as a phase of the enclosing work: if that is
	 * a planned phase, the call fills its share.
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
	 * Publishes the child's id to the viewers of the enclosing job.
	 */
	void announce(ProgressJob child) {
		if (this.reporter != null) {
			this.reporter.data("childId", child.id().value());
		}
	}

}
