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
 * Refuses pages of other origins that nobody has allowed, before a stream is opened: a
 * browser keeps a page from reading what it was not allowed to, but not from opening
 * streams with its user's cookies. Right before the endpoints, so that every filter and
 * mapping of the application has had its say.
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
		return refused
				? Problem.of(Problem.Kind.FOREIGN_ORIGIN, "Pages of this origin may not see jobs here").toResponse()
				: next.handle(request);
	}

	/**
	 * The scripts that pages of any origin may load as they load scripts; a module needs
	 * its origin to be listed, too.
	 */
	private boolean isClient(ServerHttpRequest request) {
		return this.scripts.stream().anyMatch((each) -> each.matches(request.getPath().pathWithinApplication()));
	}

	/**
	 * The browser's own word counts before a comparison with the host, which a proxy may
	 * have changed.
	 */
	private static boolean isForeign(ServerHttpRequest request, @Nullable String origin) {
		String site = request.getHeaders().getFirst("Sec-Fetch-Site");
		if (site != null) {
			return site.equals("cross-site") || (site.equals("same-site") && origin != null);
		}
		return origin != null && CorsUtils.isCorsRequest(request);
	}

}
