package io.progress.sse.web;

import java.util.List;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.reactive.function.server.HandlerFilterFunction;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.util.pattern.PathPattern;

/**
 * Refuses pages of other origins that were not allowed, before a stream is opened: a
 * browser prevents such a page from reading a response, but not from opening streams with
 * its user's cookies. Runs directly before the endpoints, after all filters and mappings
 * of the application.
 */
final class ForeignPages implements HandlerFilterFunction<ServerResponse, ServerResponse> {

	private final List<PathPattern> scripts;

	ForeignPages(WebSettings settings) {
		this.scripts = settings.scriptPatterns();
	}

	@Override
	public Mono<ServerResponse> filter(ServerRequest request, HandlerFunction<ServerResponse> next) {
		ServerHttpRequest asked = request.exchange().getRequest();
		boolean refused = isForeign(asked, asked.getHeaders().getOrigin()) && !isClient(asked)
				&& !CrossOriginFilter.isAllowed(request.exchange());
		return refused ? Problem.of(Problem.Kind.FOREIGN_ORIGIN, "Pages of this origin are not allowed to see jobs")
			.toResponse() : next.handle(request);
	}

	/**
	 * The scripts, which pages of any origin may load. To load them as a module, the
	 * origin must be listed.
	 */
	private boolean isClient(ServerHttpRequest request) {
		return this.scripts.stream().anyMatch((each) -> each.matches(request.getPath().pathWithinApplication()));
	}

	/**
	 * Uses the browser's {@code Sec-Fetch-Site} first, because a proxy may have changed
	 * the host.
	 */
	private static boolean isForeign(ServerHttpRequest request, @Nullable String origin) {
		String site = request.getHeaders().getFirst("Sec-Fetch-Site");
		if (site != null) {
			return site.equals("cross-site") || (site.equals("same-site") && origin != null);
		}
		return origin != null && CorsUtils.isCorsRequest(request);
	}

}
