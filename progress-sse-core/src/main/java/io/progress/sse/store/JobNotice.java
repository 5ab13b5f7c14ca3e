package io.progress.sse.store;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;

/**
 * A notice to the listeners of a {@link JobIndex}. Notices are hints: they may be lost,
 * late, repeated or out of order, but they are never invented.
 */
public sealed interface JobNotice {

	/**
	 * From now on every job that appears or ends is notified, unless {@link Suspect} says
	 * otherwise. Sent when the store has begun to listen, and again each time it had to
	 * start over. The listener should read the list then.
	 */
	record Ready() implements JobNotice {

	}

	/**
	 * A job was created, created again, or replaced by another run.
	 *
	 * @param job the job
	 */
	record Appeared(JobInfo job) implements JobNotice {

	}

	/**
	 * A job has ended, or was deleted before its end.
	 *
	 * @param job the job
	 */
	record Ended(JobId job) implements JobNotice {

	}

	/** A notice may have been lost. The listener should read the list. */
	record Suspect() implements JobNotice {

	}

}
