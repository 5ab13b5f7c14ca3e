package io.progress.sse.web.servlet;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.AbstractServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * A response that is collected until it is known how to write it: its headers, and a body
 * that is either complete or a stream.
 */
final class BufferedResponse extends AbstractServerHttpResponse {

	private final CompletableFuture<BufferedResponse> known = new CompletableFuture<>();

	private final Sinks.Empty<Void> sent = Sinks.empty();

	private final HttpServletResponse target;

	private byte[] body = {};

	private @Nullable Flux<DataBuffer> frames;

	BufferedResponse(HttpServletResponse target) {
		super(DefaultDataBufferFactory.sharedInstance);
		this.target = target;
	}

	/**
	 * Completes as soon as the response can be written.
	 */
	CompletableFuture<BufferedResponse> known() {
		return this.known;
	}

	void complete() {
		this.known.complete(this);
	}

	void fail(Throwable ex) {
		this.known.completeExceptionally(ex);
	}

	/**
	 * Returns the stream to send.
	 * @return {@code null} if the body is complete
	 */
	@Nullable Flux<DataBuffer> frames() {
		return this.frames;
	}

	/**
	 * Called when no more of the stream will be sent.
	 */
	void sent() {
		this.sent.tryEmitEmpty();
	}

	void writeHead(HttpServletResponse response) {
		HttpStatusCode status = getStatusCode();
		response.setStatus((status != null) ? status.value() : HttpServletResponse.SC_OK);
		getHeaders().forEach((name, values) -> values.forEach((value) -> {
			if (HttpHeaders.CONTENT_TYPE.equalsIgnoreCase(name)) {
				response.setContentType(value);
			}
			else if (LockingResponse.isSingle(name)) {
				response.setHeader(name, value);
			}
			else {
				response.addHeader(name, value);
			}
		}));
	}

	void writeBody(HttpServletResponse response) throws IOException {
		if (this.body.length > 0) {
			response.setContentLength(this.body.length);
			response.getOutputStream().write(this.body);
		}
	}

	@Override
	@SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals" })
	public <T> T getNativeResponse() {
		return (T) this.target;
	}

	@Override
	protected Mono<Void> writeWithInternal(Publisher<? extends DataBuffer> body) {
		return DataBufferUtils.join(body).doOnNext((whole) -> {
			this.body = new byte[whole.readableByteCount()];
			whole.read(this.body);
			DataBufferUtils.release(whole);
		}).then();
	}

	@Override
	protected Mono<Void> writeAndFlushWithInternal(Publisher<? extends Publisher<? extends DataBuffer>> body) {
		return Mono.defer(() -> {
			this.frames = Flux.from(body).concatMap(Flux::from, 1);
			complete();
			return this.sent.asMono();
		});
	}

	@Override
	protected void applyStatusCode() {
		// Written together with the other headers.
	}

	@Override
	protected void applyHeaders() {
		// Written together with the other headers.
	}

	@Override
	protected void applyCookies() {
		// No endpoint sets cookies.
	}

}
