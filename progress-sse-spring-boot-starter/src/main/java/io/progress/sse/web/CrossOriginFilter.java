package io.progress.sse.web;

import java.util.List;
import java.util.stream.Stream;

import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.cors.reactive.DefaultCorsProcessor;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;

/**
 * Allows pages of listed origins to see jobs, and answers the preflight requests of
 * browsers. Runs before all filters that authenticate, because a preflight request has no
 * credentials. Other origins are left to the application's own rules, and otherwise
 * refused by {@link ForeignPages}.
 */
public final class CrossOriginFilter implements WebFilter, Ordered {

	/** Attribute of an exchange that an earlier filter has allowed. */
	public static final String ALLOWED = CrossOriginFilter.class.getName();

	private final List<PathPattern> paths;

	private final CorsConfiguration configuration = new CorsConfiguration();

	private final DefaultCorsProcessor processor = new DefaultCorsProcessor();

	/**
	 * Creates the filter.
	 * @param settings the settings
	 */
	public CrossOriginFilter(WebSettings settings) {
		this.paths = settings.patterns();
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
		if (!isOurs(request)) {
			return chain.filter(exchange);
		}
		Vary.by(HttpHeaders.ORIGIN, exchange.getResponse());
		String origin = request.getHeaders().getOrigin();
		if (origin != null && !isAllowed(exchange) && this.configuration.checkOrigin(origin) != null) {
			return filterListed(exchange, chain);
		}
		if (CorsUtils.isPreFlightRequest(request)) {
			exchange.getResponse().beforeCommit(() -> Mono.fromRunnable(() -> refuseUnlessAllowed(exchange)));
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

	private static void refuseUnlessAllowed(ServerWebExchange exchange) {
		if (!isAllowed(exchange)) {
			exchange.getResponse().setStatusCode(HttpStatus.FORBIDDEN);
		}
	}

	/**
	 * Whether this filter, another one or the application's mappings have allowed a
	 * request.
	 * @param exchange the request
	 * @return {@code true} if so
	 */
	public static boolean isAllowed(ServerWebExchange exchange) {
		return exchange.getAttribute(ALLOWED) != null
				|| exchange.getResponse().getHeaders().getAccessControlAllowOrigin() != null;
	}

}
