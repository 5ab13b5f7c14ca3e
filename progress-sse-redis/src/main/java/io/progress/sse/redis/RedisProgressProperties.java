package io.progress.sse.redis;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.progress.sse.support.JobSettings;

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
 * @param listedJobs Number of newest jobs in the list of all owners. Older ones can still
 * be read by their ids.
 */
@ConfigurationProperties("progress.sse.redis")
record RedisProgressProperties(@DefaultValue("true") boolean enabled, @DefaultValue("false") boolean required,
		@DefaultValue(StoreSettings.KEY_PREFIX) String keyPrefix,
		@DefaultValue(StoreSettings.LEASE_SECONDS + "s") Duration lease,
		@DefaultValue(StoreSettings.GRACE_SECONDS + "s") Duration grace,
		@DefaultValue(StoreSettings.RUNNING_RETENTION_HOURS + "h") Duration runningRetention,
		@DefaultValue("" + StoreSettings.LISTED_JOBS) int listedJobs) {

	RedisProgressProperties {
		StoreSettings.checkKeyPrefix("progress.sse.redis.key-prefix", keyPrefix);
		StoreSettings.LEASE.check("progress.sse.redis.lease", lease);
		StoreSettings.GRACE.check("progress.sse.redis.grace", grace);
		StoreSettings.runningRetention(lease, grace).check("progress.sse.redis.running-retention", runningRetention);
		JobSettings.ANY_NUMBER.check("progress.sse.redis.listed-jobs", listedJobs);
	}

}
