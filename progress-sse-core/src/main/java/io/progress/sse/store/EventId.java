package io.progress.sse.store;

import java.util.Optional;

/**
 * The position of an event in its job. It is assigned by the store and written as
 * {@code ms-n}: a valid SSE id and a valid Redis stream id.
 *
 * <p>
 * A cursor is valid while the store still holds exactly this id (both numbers). This
 * detects stores that were wiped, job ids that were re-used and failovers that lost
 * events, because then the same {@code n} gets another {@code ms}. The id of a tick that
 * was dropped is also valid while all milestones after it are stored: its {@code n} lies
 * between the numbers of two stored events, and its {@code ms} between their times.
 *
 * @param ms the store's clock in milliseconds; never decreasing within a job
 * @param n 1 for a job's first event, then without a gap
 */
public record EventId(long ms, long n) implements Comparable<EventId> {

	/** The longest id, in characters. */
	public static final int MAX_LENGTH = 31;

	private static final int MAX_DIGITS = 15;

	/**
	 * Checks the numbers.
	 * @throws IllegalArgumentException if one is negative
	 */
	public EventId {
		if (ms < 0 || n < 0) {
			throw new IllegalArgumentException("'ms' and 'n' must not be negative, but are " + ms + " and " + n);
		}
	}

	/**
	 * Parses an id that came from outside.
	 * @param text any text, of any length
	 * @return the id; empty if the text is not two runs of 1 to 15 digits joined by one
	 * hyphen
	 */
	public static Optional<EventId> parse(String text) {
		int hyphen = (text.length() <= MAX_LENGTH) ? text.indexOf('-') : -1;
		if (hyphen < 0) {
			return Optional.empty();
		}
		long ms = number(text, 0, hyphen);
		long n = number(text, hyphen + 1, text.length());
		return (ms < 0 || n < 0) ? Optional.empty() : Optional.of(new EventId(ms, n));
	}

	@Override
	public int compareTo(EventId other) {
		int byMs = Long.compare(this.ms, other.ms);
		return (byMs != 0) ? byMs : Long.compare(this.n, other.n);
	}

	@Override
	public String toString() {
		return this.ms + "-" + this.n;
	}

	private static long number(String text, int from, int to) {
		if (to == from || to - from > MAX_DIGITS) {
			return -1;
		}
		long number = 0;
		for (int i = from; i < to; i++) {
			int digit = text.charAt(i) - '0';
			if (digit < 0 || digit > 9) {
				return -1;
			}
			number = number * 10 + digit;
		}
		return number;
	}

}
