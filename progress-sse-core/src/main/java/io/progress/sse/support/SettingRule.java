package io.progress.sse.support;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Rules for settings. Each throws a {@link BrokenRuleException} that names the setting,
 * the rule and the value.
 */
public final class SettingRule {

	/** Upper limit of durations: longer ones make no sense. */
	public static final Duration LONGEST = Duration.ofDays(365);

	/** Upper limit of retention times; fits into nanoseconds. */
	public static final Duration LONGEST_KEPT = Duration.ofDays(3_650);

	/** Upper limit of counts; the sum of two still fits. */
	public static final int MOST = 1_000_000_000;

	/** Upper limit of counts per job. */
	public static final int MOST_PER_JOB = 1_000_000;

	private SettingRule() {
	}

	public static <T extends Comparable<T>> void isBetween(String name, T value, T floor, T ceiling) {
		isAtLeast(name, value, floor);
		if (value.compareTo(ceiling) > 0) {
			throw broken(name, "must be at most " + print(ceiling), print(value), null);
		}
	}

	/**
	 * Checks a duration, which may be at most {@link #LONGEST}.
	 */
	public static void isBetween(String name, Duration value, Duration floor) {
		isBetween(name, value, floor, LONGEST);
	}

	/**
	 * Checks a count, which may be at most {@link #MOST}.
	 */
	public static void atLeast(String name, int value, int floor) {
		isBetween(name, value, floor, MOST);
	}

	/**
	 * Checks a setting without an upper limit.
	 * @return the value
	 */
	public static <T extends Comparable<T>> T isAtLeast(String name, T value, T floor) {
		if (value.compareTo(floor) < 0) {
			throw broken(name, "must be at least " + print(floor), print(value), null);
		}
		return value;
	}

	public static void isTrue(String name, boolean condition, String rule, Object value) {
		isTrue(name, condition, rule, value, null);
	}

	/**
	 * Checks a setting whose rule does not say what to do.
	 * @param remedy what to do, as the beginning of a sentence
	 */
	public static void isTrue(String name, boolean condition, String rule, Object value, @Nullable String remedy) {
		if (!condition) {
			throw broken(name, rule, "'" + value + "'", remedy);
		}
	}

	private static BrokenRuleException broken(String name, String rule, String value, @Nullable String remedy) {
		return new BrokenRuleException("'" + name + "'", rule, value, remedy, null);
	}

	private static String print(Object value) {
		return (value instanceof Duration time && Math.abs(time.toSeconds()) < Long.MAX_VALUE / 1_000)
				? time.toMillis() + "ms" : value.toString();
	}

}
