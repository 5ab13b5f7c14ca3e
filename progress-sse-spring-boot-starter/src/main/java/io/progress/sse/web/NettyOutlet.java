package io.progress.sse.web;

import java.util.concurrent.Executor;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;

import io.progress.sse.stream.Outlet;

/**
 * A connection of Reactor Netty.
 */
final class NettyOutlet implements Outlet {

	private final Channel channel;

	private NettyOutlet(Channel channel) {
		this.channel = channel;
	}

	static @Nullable Outlet of(Object nativeResponse) {
		return (nativeResponse instanceof Connection connection) ? new NettyOutlet(connection.channel()) : null;
	}

	@Override
	public Executor loop() {
		return this.channel.eventLoop();
	}

	@Override
	public boolean isWritable() {
		return this.channel.isWritable();
	}

	@Override
	public void abort() {
		if (this.channel instanceof SocketChannel socket && socket.isOpen()) {
			try {
				// Otherwise the kernel keeps what it has taken until the client reads it.
				socket.config().setOption(ChannelOption.SO_LINGER, 0);
			}
			catch (ChannelException ex) {
				// Closed by the other side in this very moment.
			}
		}
		ChannelFuture unused = this.channel.close();
	}

}
