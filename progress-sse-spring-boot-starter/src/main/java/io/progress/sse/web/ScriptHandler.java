package io.progress.sse.web;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import reactor.core.publisher.Mono;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.util.DigestUtils;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Serves the files of the JavaScript client from the jar.
 */
final class ScriptHandler {

	private final byte[] content;

	private final EntityTag tag;

	private final MediaType type;

	ScriptHandler(String file) {
		this.type = new MediaType(Scripts.type(file), StandardCharsets.UTF_8);
		this.content = Scripts.content(file);
		this.tag = EntityTag.of(DigestUtils.md5DigestAsHex(this.content));
	}

	Mono<ServerResponse> script(ServerRequest request) {
		boolean known = this.tag.isKnownTo(request);
		ServerResponse.BodyBuilder response = ServerResponse.status(known ? HttpStatus.NOT_MODIFIED : HttpStatus.OK)
			.eTag(this.tag.value())
			.header("X-Content-Type-Options", "nosniff")
			.cacheControl(CacheControl.maxAge(Duration.ofMinutes(10)).cachePublic());
		if (known) {
			return response.build();
		}
		return response.contentType(this.type)
			.body((out, context) -> out.writeWith(Mono.fromSupplier(() -> out.bufferFactory().wrap(this.content))));
	}

}
