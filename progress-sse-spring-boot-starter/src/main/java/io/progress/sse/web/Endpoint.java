package io.progress.sse.web;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.NotAcceptableStatusException;
import reactor.core.publisher.Mono;

/**
 * All methods and media types of one URL. Functional routing alone would answer 404, not
 * 405 or 406, to methods and media types without a route.
 */
final class Endpoint implements HandlerFunction<ServerResponse> {

	private final Map<HttpMethod, Map<MediaType, HandlerFunction<ServerResponse>>> handlers = new LinkedHashMap<>();

	/**
	 * Adds a handler for a method and a media type. The first one is the default for
	 * clients that accept all types.
	 */
	Endpoint on(HttpMethod method, MediaType type, HandlerFunction<ServerResponse> handler) {
		this.handlers.computeIfAbsent(method, (key) -> new LinkedHashMap<>()).put(type, handler);
		return this;
	}

	/**
	 * Adds a handler for GET and HEAD.
	 */
	Endpoint onGet(MediaType type, HandlerFunction<ServerResponse> handler) {
		return on(HttpMethod.GET, type, handler).on(HttpMethod.HEAD, type, handler);
	}

	/**
	 * Adds a handler for a method, for all media types.
	 */
	Endpoint on(HttpMethod method, HandlerFunction<ServerResponse> handler) {
		return on(method, MediaType.ALL, handler);
	}

	@Override
	public Mono<ServerResponse> handle(ServerRequest request) {
		if (request.method().equals(HttpMethod.OPTIONS)) {
			return ServerResponse.noContent().header(HttpHeaders.ALLOW, allowed()).build();
		}
		Map<MediaType, HandlerFunction<ServerResponse>> types = this.handlers.get(request.method());
		if (types == null) {
			return Problem.of(Problem.Kind.METHOD_NOT_ALLOWED, "This URL answers " + allowed())
				.header(HttpHeaders.ALLOW, allowed())
				.toResponse();
		}
		HandlerFunction<ServerResponse> handler = choose(request, types);
		return (handler != null) ? handler.handle(request)
				: Problem.of(Problem.Kind.NOT_ACCEPTABLE, "This URL answers in " + types.keySet()).toResponse();
	}

	private String allowed() {
		return this.handlers.keySet().stream().map(HttpMethod::name).collect(Collectors.joining(", ", "", ", OPTIONS"));
	}

	private static @Nullable HandlerFunction<ServerResponse> choose(ServerRequest request,
			Map<MediaType, HandlerFunction<ServerResponse>> offered) {
		if (offered.size() > 1) {
			Vary.by(HttpHeaders.ACCEPT, request.exchange().getResponse());
		}
		try {
			MediaType type = new Acceptance(request.headers().accept()).best(offered.keySet());
			return (type != null) ? offered.get(type) : null;
		}
		catch (NotAcceptableStatusException | InvalidMediaTypeException ex) {
			return null;
		}
	}

}
