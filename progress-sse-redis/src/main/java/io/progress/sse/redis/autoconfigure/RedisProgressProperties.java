package io.progress.sse.redis.autoconfigure;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.progress.sse.support.SettingRule;

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

	RedisProgressProperties {
		if (!keyPrefix.matches("[A-Za-z0-9_.:/-]{1,64}")) {
			throw new IllegalArgumentException(
					"'progress.sse.redis.key-prefix' must be 1 to 64 characters of [A-Za-z0-9_.:/-], but is '"
							+ keyPrefix + "'");
		}
		SettingRule.isBetween("progress.sse.redis.lease", lease, Duration.ofMillis(100));
		SettingRule.isBetween("progress.sse.redis.grace", grace, Duration.ZERO);
		SettingRule.isBetween("progress.sse.redis.running-retention", runningRetention, lease.plus(grace),
				SettingRule.LONGEST_KEPT);
	}

}
