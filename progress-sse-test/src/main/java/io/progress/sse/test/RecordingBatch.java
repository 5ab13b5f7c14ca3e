package io.progress.sse.test;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.progress.sse.BatchProgress;
import io.progress.sse.ProgressException;

/**
 * Records what a worker reports about a batch of items. Safe for use by many threads.
 */
public final class RecordingBatch implements BatchProgress {

	private final ReentrantLock lock;

	private final RecordingProgressReporter reporter;

	private final long total;

	private long succeeded;

	private long skipped;

	private long failed;

	private final Map<String, String> failures = new LinkedHashMap<>();

	RecordingBatch(RecordingProgressReporter reporter, ReentrantLock lock, long total) {
		this.lock = lock;
		this.reporter = reporter;
		this.total = total;
	}

	@Override
	public void succeeded() {
		count(() -> this.succeeded++);
	}

	@Override
	public void failed(String item, String publicReason) {
		count(() -> {
			this.failed++;
			this.failures.put(item, publicReason);
		});
	}

	@Override
	public void skipped() {
		count(() -> this.skipped++);
	}

	@Override
	public void failIfAny() {
		long bad = failedItems();
		if (bad > 0) {
			long items = (this.total >= 0) ? this.total : read(() -> this.succeeded + this.failed + this.skipped);
			throw new ProgressException("items-failed", bad + " of " + items + " items failed");
		}
	}

	/**
	 * Returns the number of announced items.
	 * @return the number; negative if the worker gave a negative one, because it is not
	 * known
	 */
	public long total() {
		return this.total;
	}

	/**
	 * Returns the number of items that succeeded.
	 * @return the number
	 */
	public long succeededItems() {
		return read(() -> this.succeeded);
	}

	/**
	 * Returns the number of items that failed.
	 * @return the number
	 */
	public long failedItems() {
		return read(() -> this.failed);
	}

	/**
	 * Returns the number of items that were skipped.
	 * @return the number
	 */
	public long skippedItems() {
		return read(() -> this.skipped);
	}

	/**
	 * Returns the failed items with their reasons.
	 * @return the public reasons by item, in the order of their failure
	 */
	public Map<String, String> failures() {
		return read(() -> new LinkedHashMap<>(this.failures));
	}

	private void count(Runnable change) {
		this.lock.lock();
		try {
			change.run();
		}
		finally {
			this.lock.unlock();
		}
		this.reporter.advance();
	}

	private <T> T read(Supplier<T> value) {
		this.lock.lock();
		try {
			return value.get();
		}
		finally {
			this.lock.unlock();
		}
	}

}
