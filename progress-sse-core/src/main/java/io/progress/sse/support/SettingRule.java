package io.progress.sse.support;

import java.time.Duration;

/**
 * Rules for settings. Each throws an {@link IllegalArgumentException} that names the
 * setting, the rule and the value.
 */
public final class SettingRule {

	/** For times that something lasts: longer ones are no use. */
	public static final Duration LONGEST = Duration.ofDays(365);

	/** For times that something is kept; can be counted in nanoseconds. */
	public static final Duration LONGEST_KEPT = Duration.ofDays(3_650);

	/** For numbers of things, of which two can be added. */
	public static final int MOST = 1_000_000_000;

	/** For numbers of things that are kept for each job. */
	public static final int MOST_PER_JOB = 1_000_000;

	private SettingRule() {
	}

	public static <T extends Comparable<T>> void isBetween(String name, T value, T floor, T ceiling) {
		isAtLeast(name, value, floor);
		if (value.compareTo(ceiling) > 0) {
			throw new IllegalArgumentException(
					"'%s' must be at most %s, but is %s".formatted(name, print(ceiling), print(value)));
		}
	}

	/**
	 * For times, of which no more than {@link #LONGEST} makes sense.
	 */
	public static void isBetween(String name, Duration value, Duration floor) {
		isBetween(name, value, floor, LONGEST);
	}

	/**
	 * For numbers of things, of which no more than {@link #MOST} make sense.
	 */
	public static void atLeast(String name, int value, int floor) {
		isBetween(name, value, floor, MOST);
	}

	/**
	 * For settings without an upper limit.
	 * @return the value
	 */
	public static <T extends Comparable<T>> T isAtLeast(String name, T value, T floor) {
		if (value.compareTo(floor) < 0) {
			throw new IllegalArgumentException(
					"'%s' must be at least %s, but is %s".formatted(name, print(floor), print(value)));
		}
		return value;
	}

	public static void isTrue(String name, boolean condition, String rule, Object value) {
		if (!condition) {
			throw new IllegalArgumentException("'%s' %s, but is '%s'".formatted(name, rule, value));
		}
	}

	private static String print(Object value) {
		return (value instanceof Duration time && Math.abs(time.toSeconds()) < Long.MAX_VALUE / 1_000)
				? time.toMillis() + "ms" : value.toString();
	}

}
