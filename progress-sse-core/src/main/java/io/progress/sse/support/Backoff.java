package io.progress.sse.support;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import reactor.util.retry.Retry;

/**
 * Pauses between retries. Each is twice as long as the one before, up to a limit, and is
 * shortened at random by up to a half, so that callers that failed together do not retry
 * together. For use by one thread at a time.
 */
public final class Backoff {

	private final long shortest;

	private final long longest;

	private long next;

	/**
	 * Creates a back-off.
	 * @param shortest upper limit of the first pause
	 * @param longest upper limit of all pauses
	 */
	public Backoff(Duration shortest, Duration longest) {
		this.shortest = shortest.toNanos();
		this.longest = longest.toNanos();
		this.next = this.shortest;
	}

	/**
	 * Returns the next pause.
	 * @return nanoseconds
	 */
	public long nextNanos() {
		long pause = this.next;
		this.next = Math.min(pause * 2, this.longest);
		return pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1);
	}

	/**
	 * Returns the next pause.
	 * @return milliseconds
	 */
	public long nextMillis() {
		return TimeUnit.NANOSECONDS.toMillis(nextNanos());
	}

	/** Begins with the shortest pause again. */
	public void reset() {
		this.next = this.shortest;
	}

	/**
	 * Creates the same kind of pauses for the {@code retryWhen} operator.
	 * @param tries how many retries at most
	 * @param shortest the first pause
	 * @param longest the longest pause
	 * @return the argument of {@code retryWhen}; may be used several times
	 */
	public static Retry retry(long tries, Duration shortest, Duration longest) {
		return Retry.backoff(tries, shortest).maxBackoff(longest);
	}

	/**
	 * Changes a duration at random, so that tasks that began together do not run
	 * together.
	 * @param millis the duration
	 * @param share how much longer or shorter it may become, as a share of the duration
	 * @return a duration near the given one
	 */
	public static long spread(long millis, double share) {
		return (long) (millis * ThreadLocalRandom.current().nextDouble(1 - share, 1 + share));
	}

}
