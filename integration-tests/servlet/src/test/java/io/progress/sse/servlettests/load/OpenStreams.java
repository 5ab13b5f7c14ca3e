package io.progress.sse.servlettests.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Many open streams, read by one thread.
 */
final class OpenStreams implements AutoCloseable {

	private final Selector selector = Selector.open();

	private final List<SocketChannel> channels = new ArrayList<>();

	private final ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);

	private OpenStreams() throws IOException {
	}

	static OpenStreams open(int port, int count) throws IOException {
		OpenStreams streams = new OpenStreams();
		for (int i = 0; i < count; i++) {
			SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
			channel.write(ByteBuffer.wrap(("GET /progress/jobs/idle-" + (i % IdleStreamsServer.JOBS)
					+ "/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII)));
			channel.configureBlocking(false);
			channel.register(streams.selector, SelectionKey.OP_READ);
			streams.channels.add(channel);
			streams.read(0);
		}
		streams.readFor(5);
		return streams;
	}

	int count() {
		return this.channels.size();
	}

	/**
	 * Reads for longer than the default heartbeat, so that a dead stream is known to be
	 * one.
	 */
	void awaitHeartbeats() throws IOException {
		readFor(20);
	}

	long alive() {
		return this.channels.stream().filter(SocketChannel::isOpen).count();
	}

	@Override
	public void close() throws IOException {
		for (SocketChannel channel : this.channels) {
			channel.close();
		}
		this.selector.close();
	}

	private void readFor(int seconds) throws IOException {
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
		while (System.nanoTime() - end < 0) {
			read(100);
		}
	}

	private void read(long millis) throws IOException {
		if (((millis > 0) ? this.selector.select(millis) : this.selector.selectNow()) == 0) {
			return;
		}
		for (SelectionKey key : this.selector.selectedKeys()) {
			this.buffer.clear();
			SocketChannel channel = (SocketChannel) key.channel();
			if (channel.read(this.buffer) < 0 || isRefusal()) {
				channel.close();
			}
		}
		this.selector.selectedKeys().clear();
	}

	private boolean isRefusal() {
		String start = new String(this.buffer.array(), 0, Math.min(12, this.buffer.position()),
				StandardCharsets.US_ASCII);
		return start.startsWith("HTTP/1.1") && !start.equals("HTTP/1.1 200");
	}

}
