package io.progress.sse.web.access;

import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebSession;
import reactor.core.publisher.Mono;

/**
 * Finds the caller of a request. A bean of this type replaces the default. In a servlet
 * application the job that a request starts belongs to the request's own principal, so a
 * resolver must not rename callers there.
 */
@FunctionalInterface
public interface CallerResolver {

	/**
	 * Returns the caller of a request.
	 * @param exchange the request
	 * @return the caller; never empty
	 */
	Mono<Caller> resolve(ServerWebExchange exchange);

	/**
	 * Returns a resolver that uses the principal of the request, as server and filters
	 * have set it. It is valid as long as the caller's session, if there is one.
	 * @return the resolver
	 */
	static CallerResolver principals() {
		return (exchange) -> {
			if (exchange.getAttribute(Caller.class.getName()) instanceof Caller known) {
				return Mono.just(known);
			}
			return exchange.getPrincipal()
				.flatMap((principal) -> exchange.getSession()
					.filter(WebSession::isStarted)
					.map((session) -> new Caller(principal, session::isExpired))
					.defaultIfEmpty(new Caller(principal, () -> false)))
				.defaultIfEmpty(Caller.UNKNOWN);
		};
	}

}
