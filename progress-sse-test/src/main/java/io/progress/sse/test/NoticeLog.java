package io.progress.sse.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

import io.progress.sse.event.JobId;
import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.store.StoreNotice;

/**
 * Listens to a job and lets a test take the notices one by one.
 */
final class NoticeLog implements AutoCloseable {

	private final BlockingQueue<StoreNotice> notices = new LinkedBlockingQueue<>();

	private final Disposable subscription;

	NoticeLog(ProgressEventStore store, JobId job) {
		this.subscription = store.listen(job).subscribe(this.notices::add);
	}

	StoreNotice next() {
		StoreNotice notice = poll(TestJob.PATIENCE);
		if (notice == null) {
			throw new AssertionError("A notice must come within " + TestJob.PATIENCE + ", but none has");
		}
		return notice;
	}

	/** Removes and returns the notices so far. */
	List<StoreNotice> drain() {
		List<StoreNotice> all = new ArrayList<>();
		this.notices.drainTo(all);
		return all;
	}

	@Nullable StoreNotice poll(Duration patience) {
		try {
			return this.notices.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
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
