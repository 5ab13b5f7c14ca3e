package io.progress.sse.security;

import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

import io.progress.sse.web.EndpointPaths;
import io.progress.sse.web.Problem;

/**
 * Answers with status 401 to a client that is not signed in. An EventSource would follow
 * a redirect to a login page and fail on its HTML.
 */
final class UnauthenticatedWebFilter implements WebFilter {

	private final AuthenticationTrustResolverImpl trust = new AuthenticationTrustResolverImpl();

	private final EndpointPaths endpoints;

	/**
	 * Creates the filter.
	 * @param endpoints the paths of the endpoints
	 */
	UnauthenticatedWebFilter(EndpointPaths endpoints) {
		this.endpoints = endpoints;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		return chain.filter(exchange)
			.onErrorResume(
					(ex) -> (ex instanceof AccessDeniedException || ex instanceof AuthenticationException)
							&& isOurs(exchange),
					(ex) -> isSignedIn(exchange)
						.flatMap((signedIn) -> signedIn ? Mono.error(ex) : notSignedIn(exchange)));
	}

	private boolean isOurs(ServerWebExchange exchange) {
		return !exchange.getResponse().isCommitted()
				&& this.endpoints.contains(exchange.getRequest().getPath().pathWithinApplication());
	}

	private Mono<Boolean> isSignedIn(ServerWebExchange exchange) {
		return exchange.getPrincipal()
			.map((principal) -> !(principal instanceof Authentication authentication)
					|| this.trust.isAuthenticated(authentication))
			.defaultIfEmpty(false);
	}

	private static Mono<Void> notSignedIn(ServerWebExchange exchange) {
		return Problem.notSignedIn().write(exchange.getResponse());
	}

}
