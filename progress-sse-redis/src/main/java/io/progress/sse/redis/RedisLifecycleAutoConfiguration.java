package io.progress.sse.redis;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import io.progress.sse.webhook.DeliveryQueue;

/**
 * Auto-configuration of the lifecycle of connections to Redis, including those of the
 * application's own store or queue beans.
 */
@AutoConfiguration(after = { RedisProgressAutoConfiguration.class, RedisDeliveryQueueAutoConfiguration.class })
@ConditionalOnClass(LettuceConnectionFactory.class)
public final class RedisLifecycleAutoConfiguration {

	@Bean
	@ConditionalOnBean(value = RedisProgressEventStore.class, search = SearchStrategy.CURRENT)
	RedisLifecycle redisProgressLifecycle(RedisProgressEventStore store) {
		return new RedisLifecycle(store::start, store::stop);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(DeliveryQueue.class)
	static class DeliveryConfiguration {

		@Bean
		@ConditionalOnBean(value = RedisDeliveryQueue.class, search = SearchStrategy.CURRENT)
		RedisLifecycle redisDeliveryLifecycle(RedisDeliveryQueue queue) {
			return new RedisLifecycle(queue::start, queue::stop);
		}

	}

}
