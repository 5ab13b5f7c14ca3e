package io.progress.sse.web;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.util.ClassUtils;

import io.progress.sse.stream.Outlet;
import io.progress.sse.stream.StreamBody;

/**
 * Knows servers: where their event loops are and what makes them flush.
 */
final class Outlets implements AutoCloseable {

	private static final boolean NETTY = ClassUtils.isPresent("reactor.netty.Connection",
			Outlets.class.getClassLoader());

	private final Scheduler scheduler = Schedulers.newParallel("progress-sse-streams",
			Runtime.getRuntime().availableProcessors(), true);

	private final List<Executor> loops = IntStream.range(0, Runtime.getRuntime().availableProcessors())
		.mapToObj((i) -> this.scheduler.createWorker())
		.<Executor>map((worker) -> worker::schedule)
		.toList();

	private final AtomicInteger turn = new AtomicInteger();

	/**
	 * Sends a stream.
	 */
	Mono<Void> write(StreamBody body, ServerHttpResponse response) {
		Outlet netty = NETTY ? NettyOutlet.of(ServerHttpResponseDecorator.getNativeResponse(response)) : null;
		if (netty != null) {
			// Reactor Netty flushes as soon as nothing more waits to be written.
			return response.writeWith(body.open(response.bufferFactory(), netty)).doFinally((signal) -> body.closed());
		}
		Publisher<DataBuffer> frames = body.open(response.bufferFactory(), new PlainOutlet(nextLoop()));
		return response.writeAndFlushWith(Flux.from(frames).map(Mono::just)).doFinally((signal) -> body.closed());
	}

	@Override
	public void close() {
		this.scheduler.dispose();
	}

	private Executor nextLoop() {
		return this.loops.get(Math.floorMod(this.turn.getAndIncrement(), this.loops.size()));
	}

	/** A connection of which only the demand is known. */
	private record PlainOutlet(Executor loop) implements Outlet {

		@Override
		public boolean isWritable() {
			return true;
		}

		@Override
		public void abort() {
			// Servlet containers cut clients that do not read by themselves.
		}

	}

}
