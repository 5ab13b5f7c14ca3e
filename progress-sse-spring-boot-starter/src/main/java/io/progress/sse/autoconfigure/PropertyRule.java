package io.progress.sse.autoconfigure;

import java.time.Duration;

import org.springframework.boot.convert.DurationStyle;

/**
 * Refuses bad settings at start-up, in the words of the one who set them.
 */
final class PropertyRule {

	private static final Duration LONGEST = Duration.ofDays(365);

	private PropertyRule() {
	}

	static <T extends Comparable<T>> void atLeast(String key, T value, T floor) {
		if (value.compareTo(floor) < 0) {
			throw new IllegalArgumentException(
					"'%s' must be at least %s, but is %s".formatted(key, print(floor), print(value)));
		}
	}

	/**
	 * For times: longer ones cannot be counted in nanoseconds, and are no use.
	 */
	static void isBetween(String key, Duration value, Duration floor) {
		atLeast(key, value, floor);
		if (value.compareTo(LONGEST) > 0) {
			throw new IllegalArgumentException(
					"'%s' must be at most %s, but is %s".formatted(key, print(LONGEST), print(value)));
		}
	}

	static void isTrue(String key, boolean condition, String rule, Object value) {
		if (!condition) {
			throw new IllegalArgumentException("'%s' %s, but is '%s'".formatted(key, rule, value));
		}
	}

	private static String print(Object value) {
		return (value instanceof Duration duration) ? DurationStyle.SIMPLE.print(duration) : value.toString();
	}

}
