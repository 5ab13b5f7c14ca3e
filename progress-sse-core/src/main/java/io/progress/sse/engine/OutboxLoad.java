package io.progress.sse.engine;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

import io.progress.sse.StoreStats;

/**
 * Counts the waiting events of all outboxes.
 */
final class OutboxLoad {

	private static final long GRUMBLE_NANOS = 60_000_000_000L;

	private final LongAdder queued = new LongAdder();

	private final LongAdder conflated = new LongAdder();

	private final LongAdder dropped = new LongAdder();

	private final LongAdder published = new LongAdder();

	private final LongAdder answers = new LongAdder();

	private final LongAdder answerNanos = new LongAdder();

	private final AtomicLong grumbledNanos = new AtomicLong(Long.MIN_VALUE);

	private final int limit;

	OutboxLoad(int limit) {
		this.limit = limit;
	}

	void queued(int change) {
		this.queued.add(change);
	}

	void conflated() {
		this.conflated.increment();
	}

	void dropped(int events) {
		this.dropped.add(events);
	}

	void published(long events) {
		this.published.add(events);
	}

	/**
	 * Counts an answer of the store.
	 * @param nanos how long it took
	 */
	void answered(long nanos) {
		this.answers.increment();
		this.answerNanos.add(nanos);
	}

	boolean high() {
		return this.queued.sum() >= this.limit;
	}

	/**
	 * Whether a failure may be logged: at most one a minute.
	 */
	boolean grumble(long nanos) {
		long last = this.grumbledNanos.get();
		return (last == Long.MIN_VALUE || nanos - last >= GRUMBLE_NANOS)
				&& this.grumbledNanos.compareAndSet(last, nanos);
	}

	long waiting() {
		return Math.max(0, this.queued.sum());
	}

	long conflatedCount() {
		return this.conflated.sum();
	}

	long droppedCount() {
		return this.dropped.sum();
	}

	StoreStats store() {
		return new StoreStats(this.published.sum(), this.answers.sum(), Duration.ofNanos(this.answerNanos.sum()));
	}

}
