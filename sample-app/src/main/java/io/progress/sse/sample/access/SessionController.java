package io.progress.sse.sample.access;

import java.time.Duration;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Turns a key into a cookie: a page's {@code EventSource} sends no headers of its own.
 */
@RestController
@RequestMapping("/api/session")
class SessionController {

	private static final Duration AGE = Duration.ofHours(8);

	@PostMapping
	ResponseEntity<Void> begin(@RequestHeader(name = "X-API-Key", defaultValue = "") String key,
			ServerHttpRequest request) {
		if (key.isEmpty()) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "The header 'X-API-Key' must hold the key");
		}
		return answer(ApiKeyFilter.cookie(key, AGE, request));
	}

	@DeleteMapping
	ResponseEntity<Void> end(ServerHttpRequest request) {
		return answer(ApiKeyFilter.cookie("", Duration.ZERO, request));
	}

	private static ResponseEntity<Void> answer(ResponseCookie cookie) {
		return ResponseEntity.noContent().header(HttpHeaders.SET_COOKIE, cookie.toString()).build();
	}

}
