package io.progress.sse.web;

import java.time.Duration;
import java.util.concurrent.Executor;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.util.ClassUtils;

import io.progress.sse.stream.Outlet;
import io.progress.sse.stream.ProgressFeeds;
import io.progress.sse.stream.StreamBody;

/**
 * Knows servers: where their event loops are and what makes them flush.
 */
final class Outlets {

	private static final boolean NETTY = ClassUtils.isPresent("reactor.netty.Connection",
			Outlets.class.getClassLoader());

	private final ProgressFeeds feeds;

	Outlets(ProgressFeeds feeds) {
		this.feeds = feeds;
	}

	/**
	 * Sends a stream.
	 */
	Mono<Void> write(StreamBody body, ServerHttpResponse response) {
		Outlet netty = NETTY ? NettyOutlet.of(ServerHttpResponseDecorator.getNativeResponse(response)) : null;
		if (netty != null) {
			// Reactor Netty flushes as soon as nothing more waits to be written.
			return response.writeWith(body.open(response.bufferFactory(), netty)).doFinally((signal) -> body.closed());
		}
		Publisher<DataBuffer> frames = body.open(response.bufferFactory(), new PlainOutlet(this.feeds.ownLoop()));
		return response.writeAndFlushWith(Flux.from(frames).map(Mono::just)).doFinally((signal) -> body.closed());
	}

	/** A connection of which only the demand is known. */
	private record PlainOutlet(Executor loop) implements Outlet {

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
