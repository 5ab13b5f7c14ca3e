package io.progress.sse.servlettests;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A client whose connection is in the hands of the test.
 */
public final class TickReader implements AutoCloseable {

	private final Socket socket;

	private final BufferedReader reader;

	private TickReader(Socket socket) throws IOException {
		this.socket = socket;
		this.socket.setSoTimeout(10_000);
		this.socket.setTcpNoDelay(true);
		this.reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
	}

	public static TickReader get(int port, String path, String... headers) throws IOException {
		TickReader client = new TickReader(new Socket(InetAddress.getLoopbackAddress(), port));
		client.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + String.join("", List.of(headers)) + "\r\n");
		return client;
	}

	public void send(String text) throws IOException {
		this.socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Reads some ticks.
	 * @throws IOException if the server ends the connection before
	 */
	public void skipTicks(int count) throws IOException {
		for (int seen = 0; seen < count;) {
			String line = this.reader.readLine();
			if (line == null) {
				throw new IOException("The server closed the connection");
			}
			seen += line.startsWith("data: ") ? 1 : 0;
		}
	}

	/** Leaves with a reset. */
	public void reset() throws IOException {
		this.socket.setSoLinger(true, 0);
		this.socket.close();
	}

	/** Leaves in good order. */
	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
