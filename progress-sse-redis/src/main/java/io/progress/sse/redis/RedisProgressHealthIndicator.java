package io.progress.sse.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Reports problems of the store. Never {@code DOWN}, because work goes on without Redis,
 * and Boot has an indicator for Redis itself.
 */
final class RedisProgressHealthIndicator implements HealthIndicator {

	static final Status DEGRADED = new Status("DEGRADED", "Viewers see events late");

	private final Supplier<RedisStoreStatus> status;

	RedisProgressHealthIndicator(Supplier<RedisStoreStatus> status) {
		this.status = status;
	}

	@Override
	public Health health() {
		RedisStoreStatus now = this.status.get();
		Health.Builder health = now.healthy() ? Health.up() : Health.status(DEGRADED);
		List<String> degraded = new ArrayList<>();
		if (!now.connected()) {
			degraded.add("commands fail: events wait in the outboxes");
		}
		if (now.lanesUp() < now.lanes()) {
			degraded.add("no subscription connection to " + (now.lanes() - now.lanesUp()) + " of " + now.lanes()
					+ " servers: their jobs are polled each second");
		}
		if (!degraded.isEmpty()) {
			health.withDetail("degraded", degraded);
		}
		return health.withDetail("lanes", now.lanesUp())
			.withDetail("channels", now.channels())
			.withDetail("lanesLost", now.lanesLost())
			.build();
	}

}
