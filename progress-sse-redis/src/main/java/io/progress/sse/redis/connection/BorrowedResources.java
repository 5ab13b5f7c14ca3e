package io.progress.sse.redis.connection;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.StreamSupport;

import io.lettuce.core.event.EventBus;
import io.lettuce.core.event.EventPublisherOptions;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.lettuce.core.resource.EventLoopGroupProvider;
import io.lettuce.core.resource.NettyCustomizer;
import io.lettuce.core.resource.SocketAddressResolver;
import io.lettuce.core.tracing.Tracing;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.Timer;
import io.netty.util.concurrent.EventExecutorGroup;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;

/**
 * The application's client resources as our clients use them. Pauses between tries to
 * reconnect are shorter: Lettuce's own grow to half a minute. Nothing that was due goes
 * on after {@link #stop}. Not made by {@code mutate()}, because the shutdown of such a
 * copy ends the application's threads, too.
 */
final class BorrowedResources implements ClientResources {

	private static final long MAX_WAIT_MILLIS = 500;

	private final ClientResources original;

	private final ClientTimer timer;

	private final Delay reconnectDelay = Delay.equalJitter(50, 2_000, 50, TimeUnit.MILLISECONDS);

	BorrowedResources(ClientResources original) {
		this.original = original;
		this.timer = new ClientTimer(original.timer());
	}

	void start() {
		this.timer.start();
	}

	/**
	 * Ends what Lettuce does by itself, which is to reconnect and to time out. Waits for
	 * what is under way, so that clients can be closed.
	 */
	void stop() {
		this.timer.drop();
		try {
			CompletableFuture.allOf(StreamSupport.stream(eventExecutorGroup().spliterator(), false)
				.map((executor) -> CompletableFuture.runAsync(() -> {
				}, executor))
				.toArray(CompletableFuture[]::new)).get(MAX_WAIT_MILLIS, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | TimeoutException | RejectedExecutionException ex) {
			// The application has ended its threads, or keeps them busy.
		}
	}

	@Override
	public Delay reconnectDelay() {
		return this.reconnectDelay;
	}

	/** Does nothing: the resources belong to the application. */
	@Override
	public Future<Boolean> shutdown() {
		return ImmediateEventExecutor.INSTANCE.newSucceededFuture(true);
	}

	@Override
	public Future<Boolean> shutdown(long quietPeriod, long timeout, TimeUnit timeUnit) {
		return shutdown();
	}

	@Override
	public Builder mutate() {
		return this.original.mutate().reconnectDelay(this.reconnectDelay);
	}

	@Override
	public AddressResolverGroup<?> addressResolverGroup() {
		return this.original.addressResolverGroup();
	}

	@Override
	public EventPublisherOptions commandLatencyPublisherOptions() {
		return this.original.commandLatencyPublisherOptions();
	}

	@Override
	public CommandLatencyRecorder commandLatencyRecorder() {
		return this.original.commandLatencyRecorder();
	}

	@Override
	public int computationThreadPoolSize() {
		return this.original.computationThreadPoolSize();
	}

	@Override
	public EventBus eventBus() {
		return this.original.eventBus();
	}

	@Override
	public EventLoopGroupProvider eventLoopGroupProvider() {
		return this.original.eventLoopGroupProvider();
	}

	@Override
	public EventExecutorGroup eventExecutorGroup() {
		return this.original.eventExecutorGroup();
	}

	@Override
	public int ioThreadPoolSize() {
		return this.original.ioThreadPoolSize();
	}

	@Override
	public NettyCustomizer nettyCustomizer() {
		return this.original.nettyCustomizer();
	}

	@Override
	public SocketAddressResolver socketAddressResolver() {
		return this.original.socketAddressResolver();
	}

	@Override
	public Timer timer() {
		return this.timer;
	}

	@Override
	public Tracing tracing() {
		return this.original.tracing();
	}

}
