package io.progress.sse.web;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;

import reactor.core.publisher.Mono;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.util.DigestUtils;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Serves a file of the JavaScript client from the jar. It is read for the first request.
 */
final class ScriptHandler {

	private final Supplier<Script> script;

	private final MediaType type;

	ScriptHandler(String file) {
		this.type = new MediaType(Scripts.type(file), StandardCharsets.UTF_8);
		this.script = SingletonSupplier.of(() -> new Script(Scripts.content(file)));
	}

	Mono<ServerResponse> script(ServerRequest request) {
		Script script = this.script.get();
		boolean known = script.tag.isKnownTo(request);
		ServerResponse.BodyBuilder response = ServerResponse.status(known ? HttpStatus.NOT_MODIFIED : HttpStatus.OK)
			.eTag(script.tag.value())
			.header("X-Content-Type-Options", "nosniff")
			.cacheControl(CacheControl.maxAge(Duration.ofMinutes(10)).cachePublic());
		if (known) {
			return response.build();
		}
		return response.contentType(this.type)
			.body((out, context) -> out.writeWith(Mono.fromSupplier(() -> out.bufferFactory().wrap(script.content))));
	}

	private static final class Script {

		private final byte[] content;

		private final EntityTag tag;

		Script(byte[] content) {
			this.content = content;
			this.tag = EntityTag.of(DigestUtils.md5DigestAsHex(content));
		}

	}

}
