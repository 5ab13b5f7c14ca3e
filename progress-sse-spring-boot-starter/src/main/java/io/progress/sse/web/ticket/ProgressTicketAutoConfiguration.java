package io.progress.sse.web.ticket;

import java.time.Clock;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

import io.progress.sse.stream.admission.EventStreams;
import io.progress.sse.ticket.InMemoryTicketStore;
import io.progress.sse.ticket.TicketStore;

/**
 * Auto-configuration of tickets, and of an in-memory store if there is no other store.
 */
@AutoConfiguration(afterName = "io.progress.sse.autoconfigure.ProgressStreamAutoConfiguration")
@ConditionalOnWebApplication
@ConditionalOnBean(EventStreams.class)
@EnableConfigurationProperties(TicketSettings.class)
public final class ProgressTicketAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(TicketStore.class)
	InMemoryTicketStore progressTicketStore(TicketSettings settings) {
		return new InMemoryTicketStore(System::nanoTime, settings.max());
	}

	@Bean
	StreamTickets progressStreamTickets(TicketSettings settings, TicketStore store, ObjectProvider<Clock> clock) {
		return new StreamTickets(settings, store, System::nanoTime, clock.getIfUnique(Clock::systemUTC));
	}

}
