package io.progress.sse.support;

import java.time.Duration;

/**
 * The values that a setting may have.
 *
 * @param <T> the type of the setting
 * @param least the least value
 * @param most the greatest value
 */
public record Range<T extends Comparable<T>>(T least, T most) {

	/**
	 * For times that something lasts.
	 * @return times from the least to {@link SettingRule#LONGEST}
	 */
	public static Range<Duration> times(Duration least) {
		return new Range<>(least, SettingRule.LONGEST);
	}

	/**
	 * Checks a value.
	 * @param name the name by which the user knows the setting
	 * @return the value
	 * @throws IllegalArgumentException if it is out of range
	 */
	public T check(String name, T value) {
		SettingRule.isBetween(name, value, this.least, this.most);
		return value;
	}

}
