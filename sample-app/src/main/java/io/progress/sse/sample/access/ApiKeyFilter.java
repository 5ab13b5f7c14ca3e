package io.progress.sse.sample.access;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Finds out who calls: by {@code Authorization: Bearer} (RFC 6750) or {@code X-API-Key},
 * or for pages by a cookie. Who shows none is anonymous, and their jobs belong to anyone
 * who knows the id; who shows a wrong one is refused.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 200)
class ApiKeyFilter implements WebFilter {

	static final String COOKIE = "api_key";

	private static final String HEADER = "X-API-Key";

	private static final String SCHEME = "bearer ";

	private static final byte[] PROBLEM = """
			{"type":"about:blank","title":"Unauthorized","status":401,"detail":"The API key is not known"}"""
		.getBytes(StandardCharsets.UTF_8);

	private final ApiKeys keys;

	ApiKeyFilter(ApiKeys keys) {
		this.keys = keys;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		List<Optional<String>> owners = shown(exchange.getRequest()).map(this.keys::ownerOf).toList();
		if (owners.isEmpty()) {
			return chain.filter(exchange);
		}
		if (owners.contains(Optional.<String>empty())) {
			return refuse(exchange);
		}
		String owner = owners.get(0).orElseThrow();
		return chain.filter(exchange.mutate().principal(Mono.just(() -> owner)).build());
	}

	private static Stream<String> shown(ServerHttpRequest request) {
		HttpHeaders headers = request.getHeaders();
		Stream<String> tokens = headers.getOrEmpty(HttpHeaders.AUTHORIZATION).stream().map(ApiKeyFilter::token);
		Stream<String> keys = headers.getOrEmpty(HEADER).stream().filter(StringUtils::hasText);
		Stream<String> cookies = request.getCookies()
			.getOrDefault(COOKIE, List.of())
			.stream()
			.map(HttpCookie::getValue)
			.filter(StringUtils::hasText);
		return Stream.of(tokens, keys, cookies).flatMap((each) -> each);
	}

	private static String token(String authorization) {
		boolean bearer = authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME);
		return bearer ? authorization.substring(SCHEME.length()).trim() : "";
	}

	private static Mono<Void> refuse(ServerWebExchange exchange) {
		ServerHttpResponse response = exchange.getResponse();
		response.setStatusCode(HttpStatus.UNAUTHORIZED);
		response.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"sample\", error=\"invalid_token\"");
		response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
		response.getHeaders().setCacheControl("no-store");
		if (exchange.getRequest().getCookies().containsKey(COOKIE)) {
			// A page cannot take it back itself.
			response.addCookie(cookie("", Duration.ZERO, exchange.getRequest()));
		}
		return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(PROBLEM)));
	}

	static ResponseCookie cookie(String key, Duration age, ServerHttpRequest request) {
		return ResponseCookie.from(COOKIE, key)
			.path("/")
			.httpOnly(true)
			.secure("https".equals(request.getURI().getScheme()))
			.sameSite("Lax")
			.maxAge(age)
			.build();
	}

}
