package io.progress.sse.web;

import java.time.Duration;
import java.util.concurrent.Executor;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;

import io.progress.sse.stream.StreamConnection;
import io.progress.sse.stream.ViewerKind;

/**
 * A connection of Reactor Netty.
 */
final class NettyConnection implements StreamConnection {

	/**
	 * An option of the epoll transport, by name because the transport may be missing;
	 * other transports ignore it. See tcp(7).
	 */
	private static final ChannelOption<Integer> TCP_USER_TIMEOUT = ChannelOption
		.valueOf("io.netty.channel.epoll.EpollChannelOption#TCP_USER_TIMEOUT");

	private final Channel channel;

	private NettyConnection(Channel channel) {
		this.channel = channel;
	}

	static @Nullable StreamConnection of(Object nativeResponse) {
		return (nativeResponse instanceof Connection connection) ? new NettyConnection(connection.channel()) : null;
	}

	@Override
	public Executor loop() {
		return this.channel.eventLoop();
	}

	@Override
	public ViewerKind kind() {
		return ViewerKind.NETTY;
	}

	@Override
	public boolean isWritable() {
		return this.channel.isWritable();
	}

	/**
	 * Limits the kernel's buffer, which cannot be seen from here and by default grows to
	 * some megabytes if the client does not read.
	 */
	@Override
	public void limit(int sendBuffer, Duration stallTimeout) {
		if (this.channel instanceof SocketChannel && sendBuffer > 0) {
			set(this.channel, ChannelOption.SO_SNDBUF, sendBuffer);
		}
		Channel connection = (this.channel.parent() instanceof SocketChannel parent) ? parent : this.channel;
		set(connection, TCP_USER_TIMEOUT, (int) Math.min(Integer.MAX_VALUE, stallTimeout.toMillis()));
	}

	@Override
	public void abort() {
		if (this.channel instanceof SocketChannel) {
			// Otherwise the kernel keeps its buffer until the client reads it.
			set(this.channel, ChannelOption.SO_LINGER, 0);
		}
		ChannelFuture unused = this.channel.close();
	}

	private static <T> void set(Channel channel, ChannelOption<T> option, T value) {
		try {
			channel.config().setOption(option, value);
		}
		catch (ChannelException ex) {
			// The other side has just closed the connection.
		}
	}

}
