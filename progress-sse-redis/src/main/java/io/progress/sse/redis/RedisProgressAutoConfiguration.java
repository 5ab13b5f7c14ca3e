package io.progress.sse.redis;

import java.time.Duration;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.support.BrokenRuleException;

/**
 * Auto-configuration of the store in Redis. Replaces the store in memory; backs off if
 * the application has a store.
 */
@AutoConfiguration(after = DataRedisAutoConfiguration.class,
		beforeName = "io.progress.sse.autoconfigure.ProgressAutoConfiguration")
@ConditionalOnClass(LettuceConnectionFactory.class)
@ConditionalOnMissingBean(ProgressEventStore.class)
@ConditionalOnBooleanProperty(name = "progress.sse.redis.enabled", matchIfMissing = true)
@EnableConfigurationProperties(RedisProgressProperties.class)
public final class RedisProgressAutoConfiguration {

	private static final String EVENTS = "progress.sse.retention.events";

	private static final String RESULT = "progress.sse.retention.result";

	@Bean
	RedisProgressEventStore redisProgressEventStore(RedisProgressProperties properties, Environment environment,
			ObjectProvider<LettuceConnectionFactory> connections, ObjectProvider<DataRedisConnectionDetails> details) {
		LettuceConnectionFactory factory = connections.getIfUnique();
		if (factory == null) {
			throw new BrokenRuleException("'progress.sse.redis.enabled'",
					"is true, but there is no LettuceConnectionFactory bean, or more than one and none is primary",
					"set 'spring.data.redis.client-type' to 'lettuce', mark one as primary,"
							+ " or set 'progress.sse.redis.enabled' to false");
		}
		details.ifUnique((detail) -> {
			if (detail.getMasterReplica() != null) {
				throw new BrokenRuleException("'spring.data.redis.masterreplica'",
						"is set, but jobs cannot be kept there: after a failover the master cannot be found",
						"use Sentinel or a cluster, or set 'progress.sse.redis.enabled' to false");
			}
		});
		return builder(factory, Binder.get(environment)).keyPrefix(properties.keyPrefix())
			.lease(properties.lease())
			.grace(properties.grace())
			.runningRetention(properties.runningRetention())
			.listedJobs(properties.listedJobs())
			.build();
	}

	/** With the starter's keys, which are not its own: the starter may be missing. */
	private static RedisProgressEventStoreBuilder builder(LettuceConnectionFactory factory, Binder keys) {
		Duration events = keys.bind(EVENTS, Duration.class).orElse(StoreSettings.DEFAULTS.eventRetention());
		Duration result = keys.bind(RESULT, Duration.class).orElse(StoreSettings.DEFAULTS.resultRetention());
		RedisProgressEventStoreBuilder builder = RedisProgressEventStore.builder(factory)
			.eventRetention(StoreSettings.EVENT_RETENTION.check(EVENTS, events))
			.resultRetention(StoreSettings.resultRetention(events).check(RESULT, result));
		keys.bind("progress.sse.events-per-job", Integer.class).ifBound(builder::eventsPerJob);
		keys.bind("progress.sse.milestones-per-job", Integer.class).ifBound(builder::milestonesPerJob);
		keys.bind("progress.sse.jobs-per-owner", Integer.class).ifBound(builder::jobsPerOwner);
		return builder;
	}

	@Bean
	RedisStartupCheck redisProgressStartupCheck(RedisProgressEventStore store, RedisProgressProperties properties) {
		return new RedisStartupCheck(store, properties.required());
	}

}
