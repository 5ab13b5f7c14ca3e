package io.progress.sse.autoconfigure;

import java.time.Clock;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.progress.sse.stream.ProgressFeeds;
import io.progress.sse.ticket.InMemoryTicketStore;
import io.progress.sse.ticket.TicketStore;
import io.progress.sse.web.CallerResolver;
import io.progress.sse.web.GuardedEndpoints;
import io.progress.sse.web.JobAccess;
import io.progress.sse.web.JobAccessPolicy;
import io.progress.sse.web.OpenAccessNotice;
import io.progress.sse.web.OwnerlessJobNotice;
import io.progress.sse.web.StreamTickets;

/**
 * Who may see which jobs, in web applications of either kind.
 */
@AutoConfiguration(after = { ProgressStreamAutoConfiguration.class, ProgressSecurityAutoConfiguration.class },
		afterName = { "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration",
				"org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration" })
@ConditionalOnWebApplication
@ConditionalOnBean(ProgressFeeds.class)
@EnableConfigurationProperties(ProgressAccessProperties.class)
public final class ProgressAccessAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	JobAccessPolicy jobAccessPolicy() {
		return JobAccessPolicy.owners();
	}

	@Bean
	@ConditionalOnMissingBean
	CallerResolver progressCallerResolver() {
		return CallerResolver.principals();
	}

	@Bean
	@ConditionalOnMissingBean(TicketStore.class)
	InMemoryTicketStore progressTicketStore(ProgressAccessProperties properties) {
		return new InMemoryTicketStore(System::nanoTime, properties.max());
	}

	@Bean
	StreamTickets progressStreamTickets(ProgressAccessProperties properties, TicketStore store,
			ObjectProvider<Clock> clock) {
		return new StreamTickets(properties.toSettings(), store, System::nanoTime, clock.getIfUnique(Clock::systemUTC));
	}

	@Bean
	GuardedEndpoints progressGuardedEndpoints(ProgressStreamProperties properties, StreamTickets tickets) {
		return new GuardedEndpoints(properties.toWebSettings(), tickets);
	}

	@Bean
	JobAccess progressJobAccess(JobAccessPolicy policy, CallerResolver callers, StreamTickets tickets,
			ProgressFeeds feeds) {
		return new JobAccess(policy, callers, tickets, feeds);
	}

	@Bean
	OwnerlessJobNotice progressOwnerlessJobNotice(ObjectProvider<JobAccessPolicy> policy) {
		return new OwnerlessJobNotice(policy::getIfUnique);
	}

	/** An application that has no users, as far as Spring knows. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean(type = { "org.springframework.security.web.SecurityFilterChain",
			"org.springframework.security.web.server.SecurityWebFilterChain" })
	static class OpenConfiguration {

		@Bean
		@ConditionalOnMissingBean(JobAccessPolicy.class)
		JobAccessPolicy openJobAccessPolicy() {
			return JobAccessPolicy.ownersOrIds();
		}

		@Bean
		OpenAccessNotice progressOpenAccessNotice(JobAccessPolicy policy) {
			return new OpenAccessNotice(policy);
		}

	}

}
