package io.progress.sse.redis;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the health of the store in Redis.
 */
@AutoConfiguration(after = RedisProgressAutoConfiguration.class)
@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(RedisProgressEventStore.class)
@ConditionalOnEnabledHealthIndicator("progressredis")
public final class RedisProgressHealthAutoConfiguration {

	@Bean
	RedisProgressHealthIndicator progressRedisHealthContributor(RedisProgressEventStore store) {
		return new RedisProgressHealthIndicator(store::status);
	}

}
