package io.progress.sse.web;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * A query parameter of a URL. Clients that reconnect append the parameter to their
 * original URL, so the last value is the newest one.
 */
public final class QueryParameter {

	private QueryParameter() {
	}

	/**
	 * Returns the newest value.
	 * @param name the parameter's name
	 * @param request the request
	 * @return the value; {@code null} if there is none
	 */
	public static @Nullable String newest(String name, ServerHttpRequest request) {
		List<@Nullable String> values = request.getQueryParams().getOrDefault(name, List.of());
		return values.isEmpty() ? null : values.get(values.size() - 1);
	}

	/**
	 * The newest value, unless it is empty.
	 * @param name the parameter's name
	 * @param request the request
	 * @return the value; {@code null} if there is none
	 */
	static @Nullable String given(String name, ServerHttpRequest request) {
		String value = newest(name, request);
		return (value == null || value.isEmpty()) ? null : value;
	}

}
