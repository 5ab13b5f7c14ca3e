package io.progress.sse.support;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import reactor.util.retry.Retry;

/**
 * Pauses between tries. Each is twice as long as the one before, up to a limit, and up to
 * a half is taken off at random, so that those that failed together do not come back
 * together. For use by one thread at a time.
 */
public final class Backoff {

	private final long shortest;

	private final long longest;

	private long next;

	/**
	 * Creates pauses.
	 * @param shortest the first pause, at most
	 * @param longest each later pause, at most
	 */
	public Backoff(Duration shortest, Duration longest) {
		this.shortest = shortest.toNanos();
		this.longest = longest.toNanos();
		this.next = this.shortest;
	}

	/**
	 * The next pause.
	 * @return nanoseconds
	 */
	public long nextNanos() {
		long pause = this.next;
		this.next = Math.min(pause * 2, this.longest);
		return pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1);
	}

	/**
	 * The next pause.
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
	 * The same kind of pauses for a publisher that is subscribed to again when it fails.
	 * @param tries how often it is subscribed to again, at most
	 * @param shortest the first pause
	 * @param longest the longest pause
	 * @return what {@code retryWhen} takes; may be used several times
	 */
	public static Retry retry(long tries, Duration shortest, Duration longest) {
		return Retry.backoff(tries, shortest).maxBackoff(longest);
	}

	/**
	 * Spreads a time, so that those that began together do not go on together.
	 * @param millis the time
	 * @param share how much longer or shorter it may become, as a share of 1
	 * @return a time near the given one
	 */
	public static long spread(long millis, double share) {
		return (long) (millis * ThreadLocalRandom.current().nextDouble(1 - share, 1 + share));
	}

}
