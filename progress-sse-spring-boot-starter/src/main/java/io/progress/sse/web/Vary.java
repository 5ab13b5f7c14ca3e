package io.progress.sse.web;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpResponse;

/**
 * Adds to the header {@code Vary}, which names the request headers that a response
 * depends on.
 */
final class Vary {

	private Vary() {
	}

	static void by(String header, ServerHttpResponse response) {
		HttpHeaders headers = response.getHeaders();
		if (headers.getVary().stream().noneMatch(header::equalsIgnoreCase)) {
			headers.add(HttpHeaders.VARY, header);
		}
	}

}
