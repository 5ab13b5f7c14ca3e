package io.progress.sse.redis.autoconfigure;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationStyle;

/**
 * How jobs are kept in Redis.
 *
 * @param enabled Whether jobs are kept in Redis.
 * @param required Whether the application refuses to start while Redis cannot be reached.
 * @param keyPrefix Beginning of all keys and channels; tells applications apart that
 * share a Redis.
 * @param lease How long a job lives without a sign of its worker.
 * @param grace How long after the end of its lease a job is called lost.
 * @param runningRetention How long a job that has not ended is kept after the last sign
 * of its worker.
 */
@ConfigurationProperties("progress.sse.redis")
record RedisProgressProperties(@DefaultValue("true") boolean enabled, @DefaultValue("false") boolean required,
		@DefaultValue("progress") String keyPrefix, @DefaultValue("30s") Duration lease,
		@DefaultValue("30s") Duration grace, @DefaultValue("1h") Duration runningRetention) {

	/** For times that something lasts: longer ones are no use. */
	private static final Duration LONGEST = Duration.ofDays(365);

	/** For times that something is kept. */
	static final Duration LONGEST_KEPT = Duration.ofDays(3_650);

	RedisProgressProperties {
		if (!keyPrefix.matches("[A-Za-z0-9_.:/-]{1,64}")) {
			throw new IllegalArgumentException(
					"'progress.sse.redis.key-prefix' must be 1 to 64 characters of [A-Za-z0-9_.:/-], but is '"
							+ keyPrefix + "'");
		}
		isBetween("progress.sse.redis.lease", lease, Duration.ofMillis(100), LONGEST);
		isBetween("progress.sse.redis.grace", grace, Duration.ZERO, LONGEST);
		isBetween("progress.sse.redis.running-retention", runningRetention, lease.plus(grace), LONGEST_KEPT);
	}

	static void isBetween(String key, Duration value, Duration floor, Duration ceiling) {
		if (value.compareTo(floor) < 0) {
			throw new IllegalArgumentException(
					"'%s' must be at least %s, but is %s".formatted(key, print(floor), print(value)));
		}
		if (value.compareTo(ceiling) > 0) {
			throw new IllegalArgumentException(
					"'%s' must be at most %s, but is %s".formatted(key, print(ceiling), print(value)));
		}
	}

	private static String print(Duration value) {
		return (Math.abs(value.toSeconds()) < Long.MAX_VALUE / 1_000) ? DurationStyle.SIMPLE.print(value)
				: value.toString();
	}

}
