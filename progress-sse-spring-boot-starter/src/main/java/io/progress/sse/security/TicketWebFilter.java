package io.progress.sse.security;

import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

import io.progress.sse.web.EndpointPaths;
import io.progress.sse.web.JobAccess;
import io.progress.sse.web.Problem;
import io.progress.sse.web.QueryParameter;
import io.progress.sse.web.access.Caller;

/**
 * Authenticates a request for a stream that has a valid ticket. The ticket is used up
 * only when the stream opens.
 */
final class TicketWebFilter implements WebFilter {

	private final EndpointPaths endpoints;

	/**
	 * Creates the filter.
	 * @param endpoints the paths of the endpoints
	 */
	TicketWebFilter(EndpointPaths endpoints) {
		this.endpoints = endpoints;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		return holder(exchange.getRequest()).map(TicketAuthentication::new)
			.map((holder) -> chain.filter(exchange)
				.contextWrite(ReactiveSecurityContextHolder.withAuthentication(holder)))
			.onErrorResume((ex) -> Mono.just(Problem.storeUnavailable().write(exchange.getResponse())))
			.switchIfEmpty(Mono.fromSupplier(() -> chain.filter(exchange)))
			.flatMap((answered) -> answered);
	}

	private Mono<Caller> holder(ServerHttpRequest request) {
		String ticket = request.getMethod().equals(HttpMethod.GET) ? QueryParameter.newest(JobAccess.TICKET, request)
				: null;
		return (ticket != null) ? this.endpoints.ticketHolder(request.getPath().pathWithinApplication(), ticket)
				: Mono.empty();
	}

}
