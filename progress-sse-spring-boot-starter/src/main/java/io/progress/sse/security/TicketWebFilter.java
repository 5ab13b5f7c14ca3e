package io.progress.sse.security;

import java.security.Principal;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

import io.progress.sse.web.JobAccess;
import io.progress.sse.web.GuardedEndpoints;

/**
 * Lets a request for a stream pass that shows a good ticket. The ticket is taken by the
 * stream.
 */
public final class TicketWebFilter implements WebFilter {

	private final GuardedEndpoints endpoints;

	/**
	 * Creates the filter.
	 * @param endpoints our endpoints
	 */
	public TicketWebFilter(GuardedEndpoints endpoints) {
		this.endpoints = endpoints;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		Principal holder = holder(exchange.getRequest());
		Mono<Void> filtered = chain.filter(exchange);
		return (holder == null) ? filtered : filtered
			.contextWrite(ReactiveSecurityContextHolder.withAuthentication(new TicketAuthentication(holder)));
	}

	private @Nullable Principal holder(ServerHttpRequest request) {
		String ticket = request.getMethod().equals(HttpMethod.GET) ? request.getQueryParams().getFirst(JobAccess.TICKET)
				: null;
		return (ticket != null) ? this.endpoints.ticketHolder(request.getPath().pathWithinApplication(), ticket) : null;
	}

}
