package io.progress.sse.redis;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

import io.progress.sse.ticket.TicketStore;

/**
 * Auto-configuration of a store of tickets in Redis, if the jobs are kept there.
 */
@AutoConfiguration(after = RedisProgressAutoConfiguration.class,
		beforeName = "io.progress.sse.web.ticket.ProgressTicketAutoConfiguration")
@ConditionalOnWebApplication
@ConditionalOnBean(RedisProgressEventStore.class)
@ConditionalOnMissingBean(TicketStore.class)
public final class RedisTicketStoreAutoConfiguration {

	@Bean
	RedisTicketStore redisTicketStore(RedisProgressEventStore jobs) {
		return new RedisTicketStore(jobs);
	}

}
