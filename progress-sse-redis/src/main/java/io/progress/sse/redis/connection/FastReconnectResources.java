package io.progress.sse.redis.connection;

import java.util.concurrent.TimeUnit;

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
 * The application's client resources with shorter pauses between tries to reconnect:
 * Lettuce's own pauses grow to half a minute. Not made by {@code mutate()}, because the
 * shutdown of such a copy ends the application's threads, too.
 */
final class FastReconnectResources implements ClientResources {

	private final ClientResources original;

	private final Delay reconnectDelay = Delay.equalJitter(50, 2_000, 50, TimeUnit.MILLISECONDS);

	FastReconnectResources(ClientResources original) {
		this.original = original;
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
		return this.original.timer();
	}

	@Override
	public Tracing tracing() {
		return this.original.tracing();
	}

}
