package io.progress.sse.store;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;

/**
 * A notice to those who follow which jobs there are. Notices are hints: they may be lost,
 * late, repeated or out of order, but they are never invented.
 */
public sealed interface JobNotice {

	/**
	 * From here on every job that appears or ends is told, unless {@link Suspect} says
	 * otherwise. Comes once the store listens, and again whenever it had to start over:
	 * ask for the jobs then.
	 */
	record Ready() implements JobNotice {

	}

	/**
	 * A job was made, made again, or replaced by another run.
	 *
	 * @param job the job
	 */
	record Appeared(JobInfo job) implements JobNotice {

	}

	/**
	 * A job has ended, or was deleted before it did.
	 *
	 * @param job the job
	 */
	record Ended(JobId job) implements JobNotice {

	}

	/** Something may have been missed: ask for the jobs. */
	record Suspect() implements JobNotice {

	}

}
