package io.progress.sse.redis.autoconfigure;

import java.time.Duration;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import io.progress.sse.redis.RedisDeliveryQueue;
import io.progress.sse.redis.RedisProgressEventStore;
import io.progress.sse.webhook.DeliveryQueue;

/**
 * Auto-configuration of the queue of webhooks, which is in Redis if the jobs are.
 */
@AutoConfiguration(after = RedisProgressAutoConfiguration.class,
		beforeName = "io.progress.sse.webhook.ProgressWebhookAutoConfiguration")
@ConditionalOnClass(DeliveryQueue.class)
@ConditionalOnBooleanProperty(name = "progress.sse.webhooks.enabled", matchIfMissing = true)
@ConditionalOnBean(RedisProgressEventStore.class)
@ConditionalOnMissingBean(DeliveryQueue.class)
public final class RedisDeliveryQueueAutoConfiguration {

	@Bean
	RedisDeliveryQueue redisDeliveryQueue(LettuceConnectionFactory connections, Environment environment) {
		Binder settings = Binder.get(environment);
		return new RedisDeliveryQueue(connections,
				settings.bind("progress.sse.redis.key-prefix", String.class).orElse("progress"),
				settings.bind("progress.sse.webhooks.max-pending", Integer.class).orElse(10_000),
				settings.bind("progress.sse.webhooks.retention", Duration.class).orElseGet(() -> Duration.ofDays(7)));
	}

}
