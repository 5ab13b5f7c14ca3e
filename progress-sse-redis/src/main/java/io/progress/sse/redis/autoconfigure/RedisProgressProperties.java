package io.progress.sse.redis.autoconfigure;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.progress.sse.support.SettingRule;

/**
 * Settings of jobs in Redis.
 *
 * @param enabled Whether jobs are kept in Redis.
 * @param required Whether the application refuses to start while Redis cannot be reached.
 * @param keyPrefix Beginning of all keys and channels. Applications that share a Redis
 * need different prefixes.
 * @param lease Time without a sign of life from a job's worker after which the job counts
 * as stalled.
 * @param grace Time from the end of the lease until the job counts as lost.
 * @param runningRetention Time for which a job that has not ended is kept after the last
 * sign of life from its worker.
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
