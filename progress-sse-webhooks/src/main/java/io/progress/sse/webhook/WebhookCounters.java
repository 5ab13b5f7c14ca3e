package io.progress.sse.webhook;

import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the results of deliveries. Logs a warning about a delivery that was given up, at
 * most every ten seconds, because many are given up together when a receiver is down.
 */
final class WebhookCounters {

	private static final Logger logger = LoggerFactory.getLogger(WebhookNotifier.class);

	private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

	private final LongAdder delivered = new LongAdder();

	private final LongAdder failed = new LongAdder();

	private final LongAdder retried = new LongAdder();

	private final LongAdder abandoned = new LongAdder();

	private final AtomicLong pending = new AtomicLong();

	private final AtomicLong nextWarning = new AtomicLong(System.nanoTime());

	void delivered() {
		this.delivered.increment();
	}

	void failed() {
		this.failed.increment();
	}

	void retried() {
		this.retried.increment();
	}

	void abandoned(Delivery delivery, String reason) {
		this.abandoned.increment();
		long now = System.nanoTime();
		long next = this.nextWarning.get();
		if (now - next >= 0 && this.nextWarning.compareAndSet(next, now + PAUSE_NANOS)) {
			logger.warn("A webhook to '{}' was given up: {}; {} were given up so far", place(delivery.target()), reason,
					this.abandoned.sum());
		}
	}

	void pending(long number) {
		this.pending.set(number);
	}

	WebhookStats stats() {
		return new WebhookStats(this.delivered.sum(), this.failed.sum(), this.retried.sum(), this.abandoned.sum(),
				this.pending.get());
	}

	/** Omits path and query, because they may contain secrets. */
	private static String place(URI target) {
		return target.getScheme() + "://" + target.getRawAuthority();
	}

}
