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
 * All that one URL answers. Functional routing alone would say 404 to every method and
 * media type it was not told of.
 */
final class Endpoint implements HandlerFunction<ServerResponse> {

	private final Map<HttpMethod, Map<MediaType, HandlerFunction<ServerResponse>>> handlers = new LinkedHashMap<>();

	/**
	 * Answers a method in a media type. The one that is added first is what clients get
	 * that do not care.
	 */
	Endpoint on(HttpMethod method, MediaType type, HandlerFunction<ServerResponse> handler) {
		this.handlers.computeIfAbsent(method, (key) -> new LinkedHashMap<>()).put(type, handler);
		return this;
	}

	/**
	 * Answers GET and HEAD alike.
	 */
	Endpoint onGet(MediaType type, HandlerFunction<ServerResponse> handler) {
		return on(HttpMethod.GET, type, handler).on(HttpMethod.HEAD, type, handler);
	}

	/**
	 * Answers a method, whatever the client accepts.
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
