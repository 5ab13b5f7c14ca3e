package io.progress.sse.security;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;

import io.progress.sse.web.CrossOriginFilter;
import io.progress.sse.web.EndpointPaths;

/**
 * Serves the JavaScript client to everyone, before the application's access rules. A page
 * of another origin that loads it as a module needs the application's CORS rules, which a
 * later filter may apply.
 */
final class ScriptWebFilter implements WebFilter {

	private final EndpointPaths endpoints;

	private final WebHandler scripts;

	/**
	 * Creates the filter.
	 * @param endpoints the paths of the endpoints
	 * @param scripts serves the client
	 */
	ScriptWebFilter(EndpointPaths endpoints, RouterFunction<?> scripts) {
		this.endpoints = endpoints;
		this.scripts = RouterFunctions.toWebHandler(scripts);
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		boolean decided = request.getHeaders().getOrigin() == null || CrossOriginFilter.isAllowed(exchange);
		boolean script = this.endpoints.isScript(request.getMethod().name(), request.getPath().pathWithinApplication());
		return (script && decided) ? this.scripts.handle(exchange) : chain.filter(exchange);
	}

}
