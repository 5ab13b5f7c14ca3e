package io.progress.sse.tail;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Pauses between tries: doubling, bounded, and spread so that many that fail together do
 * not come back together. For one thread at a time.
 */
final class Backoff {

	private static final long MIN_MILLIS = 50;

	private static final long MAX_MILLIS = 2_000;

	private long next = MIN_MILLIS;

	long nextMillis() {
		long pause = spread(this.next, 0.5);
		this.next = Math.min(this.next * 2, MAX_MILLIS);
		return pause;
	}

	void reset() {
		this.next = MIN_MILLIS;
	}

	static long spread(long millis, double share) {
		return (long) (millis * ThreadLocalRandom.current().nextDouble(1 - share, 1 + share));
	}

}
