package io.progress.sse.web;

import java.time.Duration;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.util.ClassUtils;

import io.progress.sse.stream.StreamConnection;
import io.progress.sse.stream.admission.EventStreams;
import io.progress.sse.stream.admission.GrantedStream;

/**
 * Writes streams into responses, as each kind of server needs it: on its event loop, and
 * flushed after each frame.
 */
final class StreamWriter {

	private static final boolean NETTY = ClassUtils.isPresent("reactor.netty.Connection",
			StreamWriter.class.getClassLoader());

	private final EventStreams feeds;

	StreamWriter(EventStreams feeds) {
		this.feeds = feeds;
	}

	/**
	 * Sends a stream. A response that a filter has decorated is written as Spring itself
	 * writes streams, since that is what decorators expect: many hold back what comes by
	 * {@code writeWith} until it is whole.
	 */
	Mono<Void> write(GrantedStream body, ServerHttpResponse response) {
		StreamConnection netty = NETTY ? netty(response) : null;
		StreamConnection outlet = (netty != null) ? netty : new PlainOutlet(this.feeds.ownLoop());
		Publisher<DataBuffer> frames = body.open(response.bufferFactory(), outlet);
		// Reactor Netty flushes as soon as nothing more waits to be written.
		Mono<Void> written = (netty != null && !(response instanceof ServerHttpResponseDecorator))
				? response.writeWith(frames) : response.writeAndFlushWith(Flux.from(frames).map(Mono::just));
		return written.doFinally((signal) -> body.closed());
	}

	private static @Nullable StreamConnection netty(ServerHttpResponse response) {
		try {
			return NettyConnection.of(ServerHttpResponseDecorator.getNativeResponse(response));
		}
		catch (IllegalStateException | IllegalArgumentException ex) {
			// No server behind it, in tests.
			return null;
		}
	}

	/** A connection of which only the demand is known. */
	private record PlainOutlet(Executor loop) implements StreamConnection {

		@Override
		public boolean isWritable() {
			return true;
		}

		@Override
		public void limit(int sendBuffer, Duration stallTimeout) {
			// Servlet containers have settings of their own.
		}

		@Override
		public void abort() {
			// Servlet containers cut clients that do not read by themselves.
		}

	}

}
