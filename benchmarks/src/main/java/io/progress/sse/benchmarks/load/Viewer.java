package io.progress.sse.benchmarks.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * One open stream, seen from its client.
 */
final class Viewer implements AutoCloseable {

	private final SocketChannel channel;

	private final ResponseParser response;

	private final Audience audience;

	private long number;

	private Viewer(SocketChannel channel, Audience audience) {
		this.channel = channel;
		this.audience = audience;
		this.response = new ResponseParser(new FrameParser(this::onEvent));
	}

	/**
	 * Connects and asks for the stream.
	 * @param receiveBuffer bytes of the socket's receive buffer; 0 for the system's
	 * choice
	 */
	static Viewer open(int port, String path, int receiveBuffer, Audience audience) throws IOException {
		SocketChannel channel = SocketChannel.open();
		if (receiveBuffer > 0) {
			channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
		}
		channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
		channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
		String request = "GET " + path + " HTTP/1.1\r\nHost: localhost:" + port
				+ "\r\nAccept: text/event-stream\r\n\r\n";
		channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
		return new Viewer(channel, audience);
	}

	SocketChannel channel() {
		return this.channel;
	}

	int localPort() throws IOException {
		return ((InetSocketAddress) this.channel.getLocalAddress()).getPort();
	}

	/**
	 * Number of the last event it has seen.
	 */
	long number() {
		return this.number;
	}

	/**
	 * Reads what is there.
	 * @return {@code false} if the stream has ended
	 */
	boolean read(ByteBuffer buffer) throws IOException {
		int status = this.response.status();
		int length = this.channel.read(buffer.clear());
		if (length > 0) {
			this.response.parse(buffer.array(), length);
		}
		if (status == 0 && this.response.status() != 0) {
			this.audience.onOpen(this.response.status());
		}
		return length >= 0 && !this.response.isOver();
	}

	private void onEvent(long number, long dueMicros) {
		this.audience.onEvent(this.number, number, dueMicros);
		this.number = number;
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
	}

}
