package io.progress.sse.autoconfigure;

import java.time.Duration;

import org.springframework.boot.convert.DurationStyle;

/**
 * Refuses bad settings at start-up, in the words of the one who set them.
 */
final class PropertyRule {

	/** For times that something lasts: longer ones are no use. */
	static final Duration LONGEST = Duration.ofDays(365);

	/** For times that something is kept; can be counted in nanoseconds. */
	static final Duration LONGEST_KEPT = Duration.ofDays(3_650);

	/** For numbers of things, of which two can be added. */
	static final int MOST = 1_000_000_000;

	/** For numbers of things that are kept for each job. */
	static final int MOST_PER_JOB = 1_000_000;

	private PropertyRule() {
	}

	static <T extends Comparable<T>> void isBetween(String key, T value, T floor, T ceiling) {
		if (value.compareTo(floor) < 0) {
			throw new IllegalArgumentException(
					"'%s' must be at least %s, but is %s".formatted(key, print(floor), print(value)));
		}
		if (value.compareTo(ceiling) > 0) {
			throw new IllegalArgumentException(
					"'%s' must be at most %s, but is %s".formatted(key, print(ceiling), print(value)));
		}
	}

	/**
	 * For times, of which no more than {@link #LONGEST} makes sense.
	 */
	static void isBetween(String key, Duration value, Duration floor) {
		isBetween(key, value, floor, LONGEST);
	}

	/**
	 * For numbers of things, of which no more than {@link #MOST} make sense.
	 */
	static void atLeast(String key, int value, int floor) {
		isBetween(key, value, floor, MOST);
	}

	static void isTrue(String key, boolean condition, String rule, Object value) {
		if (!condition) {
			throw new IllegalArgumentException("'%s' %s, but is '%s'".formatted(key, rule, value));
		}
	}

	private static String print(Object value) {
		return (value instanceof Duration duration && Math.abs(duration.toSeconds()) < Long.MAX_VALUE / 1_000)
				? DurationStyle.SIMPLE.print(duration) : value.toString();
	}

}
