package io.progress.sse.web;

import java.time.Duration;
import java.util.function.Supplier;

import reactor.core.publisher.Mono;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * The responses to clients that poll: JSON with a tag, so that a client which has seen
 * the same before gets no body, and when to come again.
 */
final class PollAnswers {

	private final String pollSeconds;

	PollAnswers(Duration pollInterval) {
		this.pollSeconds = String.valueOf((pollInterval.toMillis() + 999) / 1_000);
	}

	/**
	 * Responds with JSON, or says that the client has it.
	 * @param ended whether nothing will change from now on
	 */
	Mono<ServerResponse> respond(ServerRequest request, EntityTag tag, boolean ended, Supplier<byte[]> json) {
		boolean known = tag.isKnownTo(request);
		ServerResponse.BodyBuilder response = ServerResponse.status(known ? HttpStatus.NOT_MODIFIED : HttpStatus.OK)
			.cacheControl(CacheControl.noCache().cachePrivate())
			.eTag(tag.value());
		if (!ended) {
			response.header(HttpHeaders.RETRY_AFTER, this.pollSeconds);
		}
		if (known) {
			return response.build();
		}
		return response.contentType(MediaType.APPLICATION_JSON)
			.body((out, context) -> out.writeWith(Mono.fromSupplier(() -> out.bufferFactory().wrap(json.get()))));
	}

	/**
	 * Says why a request failed.
	 */
	Mono<ServerResponse> failed(Throwable ex) {
		Problem problem = Problem.ofFailure(ex);
		return (problem.isTemporary() ? problem.header(HttpHeaders.RETRY_AFTER, this.pollSeconds) : problem)
			.toResponse();
	}

}
