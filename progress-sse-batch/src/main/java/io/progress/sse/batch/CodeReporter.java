package io.progress.sse.batch;

import org.jspecify.annotations.Nullable;

import io.progress.sse.CurrentProgress;
import io.progress.sse.JobCancelledException;
import io.progress.sse.ProgressReporter;
import io.progress.sse.Scope;

/**
 * Lets the code of a step report, too, for instance a tasklet that counts what only it
 * knows. What it reports shows in steps whose items Spring Batch does not count.
 *
 * @param part the part of the job that the code reports to
 * @param scope makes it current on the thread of the step
 */
record CodeReporter(ProgressReporter part, Scope scope) {

	static @Nullable CodeReporter bind(ProgressReporter job) {
		try {
			ProgressReporter part = job.split(0);
			return new CodeReporter(part, CurrentProgress.bind(part));
		}
		catch (JobCancelledException ex) {
			// Spring Batch was asked to stop, and will.
			return null;
		}
	}

	/**
	 * Ends it. A part that is closed counts in full, so that of a failed step stays open.
	 */
	void end(boolean succeeded) {
		this.scope.close();
		if (succeeded) {
			this.part.fraction(1);
			this.part.close();
		}
	}

}
