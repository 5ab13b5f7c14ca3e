package io.progress.sse.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/**
 * Listens to a store and lets a test take the notices one by one.
 *
 * @param <N> the type of the notices
 */
final class NoticeLog<N> implements AutoCloseable {

	private final BlockingQueue<N> notices = new LinkedBlockingQueue<>();

	private final Disposable subscription;

	NoticeLog(Flux<? extends N> source) {
		this.subscription = source.subscribe(this.notices::add);
	}

	N next() {
		N notice = poll(TestJob.PATIENCE);
		if (notice == null) {
			throw new AssertionError("A notice must come within " + TestJob.PATIENCE + ", but none has");
		}
		return notice;
	}

	/** Removes and returns the notices so far. */
	List<N> drain() {
		List<N> all = new ArrayList<>();
		this.notices.drainTo(all);
		return all;
	}

	@Nullable N poll(Duration patience) {
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
