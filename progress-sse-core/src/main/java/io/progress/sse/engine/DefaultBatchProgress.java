package io.progress.sse.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

import io.progress.sse.BatchProgress;
import io.progress.sse.ProgressException;
import io.progress.sse.ProgressReporter;
import io.progress.sse.support.Texts;

/**
 * The batch of a job. Its counters are sampled like the reporter's.
 */
final class DefaultBatchProgress implements BatchProgress {

	private static final int MAX_FAILURES = 20;

	private static final int MAX_FAILURE_LENGTH = 200;

	private final ProgressReporter reporter;

	private final long total;

	private final LongAdder succeeded = new LongAdder();

	private final LongAdder failed = new LongAdder();

	private final LongAdder skipped = new LongAdder();

	private final List<Map<String, String>> failures = new CopyOnWriteArrayList<>();

	private long sampledItems;

	private long sampledSkipped;

	/**
	 * Begins a batch.
	 * @param total how many items there are; negative if that is not known
	 */
	DefaultBatchProgress(ProgressReporter reporter, long total) {
		this.reporter = reporter;
		this.total = total;
	}

	@Override
	public void succeeded() {
		this.succeeded.increment();
		this.reporter.advance();
	}

	@Override
	public void failed(String item, String publicReason) {
		this.failed.increment();
		if (this.failures.size() < MAX_FAILURES) {
			this.failures.add(Map.of("item", Texts.line(item, MAX_FAILURE_LENGTH), "reason",
					Texts.line(publicReason, MAX_FAILURE_LENGTH)));
		}
		this.reporter.advance();
	}

	@Override
	public void skipped() {
		this.skipped.increment();
		this.reporter.advance();
	}

	@Override
	public void failIfAny() {
		long bad = this.failed.sum();
		if (bad > 0) {
			throw new ProgressException("items-failed",
					bad + " of " + ((this.total >= 0) ? this.total : dealtWith()) + " items failed");
		}
	}

	/**
	 * The share of the items since the last call that were worked on and not skipped.
	 * Needs the job's lock.
	 * @return from 0.0 to 1.0
	 */
	double worked() {
		long left = this.skipped.sum();
		long items = dealtWith();
		double moved = items - this.sampledItems;
		double worked = (moved > 0) ? 1 - (left - this.sampledSkipped) / moved : 1;
		this.sampledItems = items;
		this.sampledSkipped = left;
		return Math.max(0, Math.min(1, worked));
	}

	private long dealtWith() {
		return this.succeeded.sum() + this.failed.sum() + this.skipped.sum();
	}

	Map<String, @Nullable Object> data() {
		Map<String, @Nullable Object> data = new LinkedHashMap<>();
		long bad = this.failed.sum();
		long left = this.skipped.sum();
		if (this.total >= 0) {
			data.put("total_items", this.total);
		}
		data.put("completed_items", this.succeeded.sum() + bad + left);
		data.put("failed_items", bad);
		data.put("skipped_items", left);
		if (!this.failures.isEmpty()) {
			data.put("failures", this.failures.stream().limit(MAX_FAILURES).toList());
		}
		return data;
	}

}
