package io.progress.sse.web;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.function.server.RouterFunctions;

import io.progress.sse.ProgressTracker;
import io.progress.sse.stream.admission.EventStreams;
import io.progress.sse.stream.format.ProgressEventFormats;
import io.progress.sse.web.access.CallerResolver;
import io.progress.sse.web.access.JobAccessPolicy;
import io.progress.sse.web.access.ProgressAccessAutoConfiguration;
import io.progress.sse.web.ticket.ProgressTicketAutoConfiguration;
import io.progress.sse.web.ticket.StreamTickets;

/**
 * Auto-configuration of the endpoints, in reactive and servlet applications.
 */
@AutoConfiguration(after = { ProgressAccessAutoConfiguration.class, ProgressTicketAutoConfiguration.class })
@ConditionalOnWebApplication
@ConditionalOnBean(EventStreams.class)
public final class ProgressWebAutoConfiguration {

	@Bean
	EndpointPaths progressEndpointPaths(WebSettings settings, StreamTickets tickets) {
		return new EndpointPaths(settings, tickets);
	}

	@Bean
	JobAccess progressJobAccess(JobAccessPolicy policy, CallerResolver callers, StreamTickets tickets,
			EventStreams feeds) {
		return new JobAccess(policy, callers, tickets, feeds);
	}

	@Bean
	SubmissionHeaders progressSubmissionHeaders(WebSettings settings, ObjectProvider<WebhookHeader> webhooks,
			JobAccess access) {
		return new SubmissionHeaders(settings, webhooks.getIfAvailable(() -> WebhookHeader.NONE), access);
	}

	@Bean
	@ConditionalOnClass(RouterFunctions.class)
	@ConditionalOnMissingBean
	StreamHandler progressStreamHandler(EventStreams feeds, JobAccess access, WebSettings settings) {
		return new StreamHandler(feeds, access, settings);
	}

	@Bean
	@ConditionalOnClass(RouterFunctions.class)
	@ConditionalOnMissingBean
	StatusHandler progressStatusHandler(EventStreams feeds, JobAccess access, ProgressEventFormats formats,
			WebSettings settings) {
		return new StatusHandler(feeds, access, formats, settings);
	}

	@Bean
	@ConditionalOnClass(RouterFunctions.class)
	@ConditionalOnMissingBean
	CancelHandler progressCancelHandler(EventStreams feeds, ProgressTracker tracker, JobAccess access) {
		return new CancelHandler(feeds, tracker, access);
	}

	@Bean
	@ConditionalOnClass(RouterFunctions.class)
	@ConditionalOnMissingBean
	TicketHandler progressTicketHandler(JobAccess access, StreamTickets tickets, WebSettings settings) {
		return new TicketHandler(access, tickets, settings);
	}

	@Bean
	@ConditionalOnClass(RouterFunctions.class)
	@ConditionalOnMissingBean
	RetryHandler progressRetryHandler(EventStreams feeds, JobAccess access, WebSettings settings,
			ObjectProvider<JobRetry> retry) {
		return new RetryHandler(feeds, access, settings, retry.getIfAvailable());
	}

	@Bean
	@ConditionalOnClass(RouterFunctions.class)
	@ConditionalOnMissingBean
	ProgressRoutes progressRoutes(StreamHandler streams, StatusHandler statuses, CancelHandler cancellations,
			TicketHandler tickets, RetryHandler retries, WebSettings settings) {
		return new ProgressRoutes(streams, statuses, cancellations, tickets, retries, settings);
	}

}
