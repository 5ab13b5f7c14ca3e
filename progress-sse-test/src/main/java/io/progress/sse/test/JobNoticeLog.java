package io.progress.sse.test;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

import io.progress.sse.store.JobIndex;
import io.progress.sse.store.JobNotice;

/**
 * Follows which jobs there are and lets a test take the notices one by one.
 */
final class JobNoticeLog implements AutoCloseable {

	private final BlockingQueue<JobNotice> notices = new LinkedBlockingQueue<>();

	private final Disposable subscription;

	/** Listens, and waits until the store does. */
	JobNoticeLog(JobIndex index, @Nullable String owner) {
		this.subscription = index.jobNotices(owner).subscribe(this.notices::add);
		JobNotice first = next();
		if (!(first instanceof JobNotice.Ready)) {
			throw new AssertionError("The first notice must be Ready, but is " + first);
		}
	}

	JobNotice next() {
		try {
			JobNotice notice = this.notices.poll(TestJob.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
			if (notice == null) {
				throw new AssertionError("A notice must come within " + TestJob.PATIENCE + ", but none has");
			}
			return notice;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("Interrupted while waiting for a notice", ex);
		}
	}

	@Override
	public void close() {
		this.subscription.dispose();
	}

}
