package io.progress.sse.redis;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import io.progress.sse.webhook.DeliveryQueue;
import io.progress.sse.webhook.WebhookSettings;

/**
 * Auto-configuration of a queue of webhooks in Redis, if the jobs are kept there.
 */
@AutoConfiguration(after = RedisProgressAutoConfiguration.class,
		beforeName = "io.progress.sse.webhook.ProgressWebhookAutoConfiguration")
@ConditionalOnClass(DeliveryQueue.class)
@ConditionalOnBooleanProperty(name = "progress.sse.webhooks.enabled", matchIfMissing = true)
@ConditionalOnBean(RedisProgressEventStore.class)
@ConditionalOnMissingBean(DeliveryQueue.class)
@EnableConfigurationProperties({ RedisProgressProperties.class, WebhookSettings.class })
public final class RedisDeliveryQueueAutoConfiguration {

	@Bean
	RedisDeliveryQueue redisDeliveryQueue(LettuceConnectionFactory connections, RedisProgressProperties redis,
			WebhookSettings webhooks) {
		return new RedisDeliveryQueue(connections, redis.keyPrefix(), webhooks.maxPending(), webhooks.retention());
	}

}
