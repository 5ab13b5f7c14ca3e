package io.progress.sse.web;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.cors.reactive.DefaultCorsProcessor;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Lets pages of other origins see jobs only if their origin is listed. Others are refused
 * before a stream is opened: a browser keeps a page from reading what it was not allowed
 * to, but not from opening streams with its user's cookies. Before all filters that ask
 * who the caller is, since a preflight request never says.
 */
public final class CrossOriginFilter implements WebFilter, Ordered {

	private final List<PathPattern> paths;

	private final PathPattern client;

	private final CorsConfiguration configuration = new CorsConfiguration();

	private final DefaultCorsProcessor processor = new DefaultCorsProcessor();

	/**
	 * Creates the filter.
	 * @param settings the settings
	 */
	public CrossOriginFilter(WebSettings settings) {
		this.paths = settings.patterns();
		this.client = PathPatternParser.defaultInstance.parse(settings.scriptPath(WebSettings.SCRIPT));
		this.configuration.setAllowedOrigins(settings.cors().allowedOrigins());
		this.configuration.setAllowCredentials(settings.cors().allowCredentials());
		this.configuration.setMaxAge(settings.cors().maxAge());
		this.configuration
			.setAllowedMethods(Stream.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST, HttpMethod.DELETE)
				.map(HttpMethod::name)
				.toList());
		this.configuration.setAllowedHeaders(List.of("*"));
		this.configuration.setExposedHeaders(
				List.of(settings.jobIdHeader(), HttpHeaders.LINK, HttpHeaders.ETAG, HttpHeaders.RETRY_AFTER));
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE + 100;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		if (!isOurs(request) || isAllowedByOthers(exchange)) {
			return chain.filter(exchange);
		}
		String origin = request.getHeaders().getOrigin();
		if (origin != null && this.configuration.checkOrigin(origin) != null) {
			return filterListed(exchange, chain);
		}
		if (isForeign(request, origin) && !isClient(request)) {
			return Problem.of(Problem.Kind.FOREIGN_ORIGIN, "Pages of this origin may not see jobs here")
				.write(exchange.getResponse());
		}
		return chain.filter(exchange);
	}

	private Mono<Void> filterListed(ServerWebExchange exchange, WebFilterChain chain) {
		boolean valid = this.processor.process(this.configuration, exchange);
		return (valid && !CorsUtils.isPreFlightRequest(exchange.getRequest())) ? chain.filter(exchange)
				: exchange.getResponse().setComplete();
	}

	private boolean isOurs(ServerHttpRequest request) {
		var path = request.getPath().pathWithinApplication();
		return this.paths.stream().anyMatch((each) -> each.matches(path));
	}

	/**
	 * The script that pages of any origin may load as they load scripts; a module needs
	 * its origin to be listed, too.
	 */
	private boolean isClient(ServerHttpRequest request) {
		return this.client.matches(request.getPath().pathWithinApplication());
	}

	private static boolean isAllowedByOthers(ServerWebExchange exchange) {
		return exchange.getResponse().getHeaders().getAccessControlAllowOrigin() != null;
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
