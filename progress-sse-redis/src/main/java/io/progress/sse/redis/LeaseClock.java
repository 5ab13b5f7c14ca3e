package io.progress.sse.redis;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.progress.sse.redis.connection.RedisLink;

/**
 * Computes the remaining time of leases. During an outage of Redis no worker could renew
 * its lease. Therefore no lease ends before half of its length has passed since the
 * outage.
 */
final class LeaseClock {

	private final RedisLink link;

	private final Duration patience;

	LeaseClock(RedisLink link, StoreSettings settings) {
		this.link = link;
		this.patience = settings.lease().dividedBy(2);
	}

	/**
	 * What is left of the lease of a job that has not ended.
	 * @param millis what is left by the clock of Redis
	 * @return the time; negative if the lease is over
	 */
	Duration left(long millis) {
		Duration left = Duration.ofMillis(millis);
		Duration since = this.link.sinceOutage();
		if (since == null || !left.isNegative()) {
			return left;
		}
		Duration patience = this.patience.minus(since);
		return patience.isNegative() ? left : patience;
	}

}
