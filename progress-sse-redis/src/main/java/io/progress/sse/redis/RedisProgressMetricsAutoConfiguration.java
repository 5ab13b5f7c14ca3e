package io.progress.sse.redis;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the meters of the store in Redis.
 */
@AutoConfiguration(after = RedisProgressAutoConfiguration.class)
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(RedisProgressEventStore.class)
public final class RedisProgressMetricsAutoConfiguration {

	@Bean
	MeterBinder redisProgressMeters(RedisProgressEventStore store) {
		return (registry) -> {
			RedisStoreStatus now = store.status();
			Gauge.builder("progress.sse.redis.lanes", store, (redis) -> redis.status().lanesUp())
				.description("Servers with an open subscription connection")
				.register(registry);
			Gauge.builder("progress.sse.redis.channels", store, (redis) -> redis.status().channels())
				.description("Channels that are subscribed to")
				.register(registry);
			FunctionCounter.builder("progress.sse.redis.lanes.lost", store, (redis) -> redis.status().lanesLost())
				.description("Subscription connections that were lost")
				.register(registry);
			FunctionCounter
				.builder("progress.sse.redis.milestones.dropped", store, (redis) -> redis.status().milestonesDropped())
				.description("Milestones that were removed to make room for newer ones")
				.register(registry);
			FunctionCounter.builder("progress.sse.redis.unlisted", store, (redis) -> redis.status().unlistedJobs())
				.description("Jobs that had to leave a list that is full of newer ones")
				.register(registry);
			now.appends()
				.keySet()
				.forEach((status) -> FunctionCounter
					.builder("progress.sse.redis.appends", store, (redis) -> redis.status().appends().get(status))
					.tag("result", status)
					.description("Batches of events, by result")
					.register(registry));
			now.failures()
				.keySet()
				.forEach((kind) -> FunctionCounter
					.builder("progress.sse.redis.failures", store, (redis) -> redis.status().failures().get(kind))
					.tag("kind", kind)
					.description("Commands that failed, by kind")
					.register(registry));
		};
	}

}
