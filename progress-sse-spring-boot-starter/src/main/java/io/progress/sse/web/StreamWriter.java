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
 * Writes streams into responses in the way that each kind of server needs: on its event
 * loop, and with a flush after each frame.
 */
final class StreamWriter {

	private static final boolean NETTY = ClassUtils.isPresent("reactor.netty.Connection",
			StreamWriter.class.getClassLoader());

	private final EventStreams feeds;

	StreamWriter(EventStreams feeds) {
		this.feeds = feeds;
	}

	/**
	 * Sends a stream. A response that a filter has decorated is written in the same way
	 * as Spring writes streams, because many decorators buffer a {@code writeWith} until
	 * it is complete.
	 */
	Mono<Void> write(GrantedStream body, ServerHttpResponse response) {
		StreamConnection netty = NETTY ? netty(response) : null;
		StreamConnection outlet = (netty != null) ? netty : new PlainOutlet(this.feeds.ownLoop());
		Publisher<DataBuffer> frames = body.open(response.bufferFactory(), outlet);
		// Reactor Netty flushes as soon as no more data waits to be written.
		Mono<Void> written = (netty != null && !(response instanceof ServerHttpResponseDecorator))
				? response.writeWith(frames) : response.writeAndFlushWith(Flux.from(frames).map(Mono::just));
		return written.doFinally((signal) -> body.closed());
	}

	private static @Nullable StreamConnection netty(ServerHttpResponse response) {
		try {
			return NettyConnection.of(ServerHttpResponseDecorator.getNativeResponse(response));
		}
		catch (IllegalStateException | IllegalArgumentException ex) {
			// A test without a server.
			return null;
		}
	}

	/** A connection whose capacity is known only from its demand. */
	private record PlainOutlet(Executor loop) implements StreamConnection {

		@Override
		public boolean isWritable() {
			return true;
		}

		@Override
		public void limit(int sendBuffer, Duration stallTimeout) {
			// Servlet containers have their own settings.
		}

		@Override
		public void abort() {
			// Servlet containers disconnect clients that do not read.
		}

	}

}
