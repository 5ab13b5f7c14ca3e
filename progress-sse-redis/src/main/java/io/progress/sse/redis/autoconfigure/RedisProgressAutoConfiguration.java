package io.progress.sse.redis.autoconfigure;

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

import io.progress.sse.redis.RedisProgressEventStore;
import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.support.SettingRule;

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

	@Bean
	RedisProgressEventStore redisProgressEventStore(RedisProgressProperties properties, Environment environment,
			ObjectProvider<LettuceConnectionFactory> connections, ObjectProvider<DataRedisConnectionDetails> details) {
		LettuceConnectionFactory factory = connections.getIfUnique();
		if (factory == null) {
			throw new IllegalStateException(
					"'progress.sse.redis.enabled' is true, but there is no LettuceConnectionFactory"
							+ " bean, or more than one and none is primary: set 'spring.data.redis.client-type' to 'lettuce',"
							+ " mark one as primary, or set 'progress.sse.redis.enabled' to false");
		}
		details.ifUnique((detail) -> {
			if (detail.getMasterReplica() != null) {
				throw new IllegalStateException(
						"'spring.data.redis.masterreplica' is set, but jobs cannot be kept there:"
								+ " after a failover the master cannot be found; use Sentinel or a cluster");
			}
		});
		Binder settings = Binder.get(environment);
		Duration events = settings.bind("progress.sse.retention.events", Duration.class)
			.orElseGet(() -> Duration.ofMinutes(10));
		Duration result = settings.bind("progress.sse.retention.result", Duration.class)
			.orElseGet(() -> Duration.ofHours(24));
		SettingRule.isBetween("progress.sse.retention.events", events, Duration.ofMillis(1), SettingRule.LONGEST_KEPT);
		SettingRule.isBetween("progress.sse.retention.result", result, events, SettingRule.LONGEST_KEPT);
		return RedisProgressEventStore.builder(factory)
			.keyPrefix(properties.keyPrefix())
			.eventsPerJob(settings.bind("progress.sse.events-per-job", Integer.class).orElse(256))
			.milestonesPerJob(settings.bind("progress.sse.milestones-per-job", Integer.class).orElse(1_000))
			.lease(properties.lease())
			.grace(properties.grace())
			.runningRetention(properties.runningRetention())
			.eventRetention(events)
			.resultRetention(result)
			.build();
	}

	@Bean
	RedisStartupCheck redisProgressStartupCheck(RedisProgressEventStore store, RedisProgressProperties properties) {
		return new RedisStartupCheck(store, properties.required());
	}

}
