package io.progress.sse.web;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 client that hides nothing but heartbeats: what is on the wire, when it is
 * there. Calls itself a browser, unless a header says otherwise.
 */
final class RawClient implements AutoCloseable {

	/** How long a frame may take, even while heartbeats come. */
	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final Socket socket = new Socket();

	private final InputStream in;

	private int status;

	private final Map<String, List<String>> headers = new TreeMap<>();

	private boolean chunked;

	private int inChunk;

	private boolean ended;

	private RawClient(int port, int receiveBuffer) throws IOException {
		if (receiveBuffer > 0) {
			this.socket.setReceiveBufferSize(receiveBuffer);
		}
		this.socket.setSoTimeout(10_000);
		this.socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
		this.in = new BufferedInputStream(this.socket.getInputStream());
	}

	static RawClient get(int port, String path, String... headers) {
		return send(port, "GET", path, headers);
	}

	static RawClient send(int port, String method, String path, String... headers) {
		return send(port, 0, method, path, "", headers);
	}

	static RawClient neverReading(int port, String path) {
		try {
			RawClient client = new RawClient(port, 4_096);
			client.write("GET", path, "", new String[0]);
			return client;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static RawClient send(int port, int receiveBuffer, String method, String path, String body, String... headers) {
		try {
			RawClient client = new RawClient(port, receiveBuffer);
			client.write(method, path, body, headers);
			client.readHead();
			if (method.equals("HEAD") || client.status == 204 || client.status == 304) {
				client.ended = true;
			}
			return client;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	int status() {
		return this.status;
	}

	@Nullable String header(String name) {
		List<String> values = this.headers.get(name.toLowerCase(Locale.ROOT));
		return (values != null) ? values.get(0) : null;
	}

	Map<String, List<String>> headers() {
		return this.headers;
	}

	/**
	 * The next frame, which ends with an empty line.
	 * @return its lines; {@code null} if the body ended
	 */
	@Nullable List<String> frame() {
		long began = System.nanoTime();
		List<String> lines = new ArrayList<>();
		while (true) {
			String line = line();
			if (System.nanoTime() - began > PATIENCE.toNanos()) {
				throw new AssertionError("No frame but heartbeats came within " + PATIENCE.toSeconds() + " s");
			}
			if (line == null) {
				return lines.isEmpty() ? null : lines;
			}
			if (line.isEmpty()) {
				return lines;
			}
			if (!line.equals(": hb")) {
				lines.add(line);
			}
		}
	}

	/**
	 * The next frame that is an event.
	 */
	Map<String, String> event() {
		for (List<String> lines = frame(); lines != null; lines = frame()) {
			Map<String, String> event = new LinkedHashMap<>();
			for (String line : lines) {
				int colon = line.indexOf(": ");
				if (colon > 0) {
					event.put(line.substring(0, colon), line.substring(colon + 2));
				}
			}
			if (event.containsKey("data")) {
				return event;
			}
		}
		throw new AssertionError("The stream ended before the next event");
	}

	/**
	 * All frames until the body ends.
	 */
	List<List<String>> frames() {
		List<List<String>> frames = new ArrayList<>();
		for (List<String> frame = frame(); frame != null; frame = frame()) {
			frames.add(frame);
		}
		return frames;
	}

	/**
	 * The rest of the body.
	 */
	String body() {
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		for (int b = read(); b >= 0; b = read()) {
			body.write(b);
		}
		return body.toString(StandardCharsets.UTF_8);
	}

	Socket socket() {
		return this.socket;
	}

	@Override
	public void close() {
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void write(String method, String path, String body, String[] headers) throws IOException {
		StringBuilder request = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n");
		if (Stream.of(headers).noneMatch((header) -> header.startsWith("User-Agent:"))) {
			request.append("User-Agent: Mozilla/5.0\r\n");
		}
		for (String header : headers) {
			request.append(header).append("\r\n");
		}
		if (!body.isEmpty()) {
			request.append("Content-Length: ").append(body.getBytes(StandardCharsets.UTF_8).length).append("\r\n");
		}
		request.append("\r\n").append(body);
		this.socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
	}

	private void readHead() throws IOException {
		this.status = Integer.parseInt(rawLine().split(" ", 3)[1]);
		for (String line = rawLine(); !line.isEmpty(); line = rawLine()) {
			int colon = line.indexOf(':');
			this.headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), (k) -> new ArrayList<>())
				.add(line.substring(colon + 1).trim());
		}
		this.chunked = "chunked".equals(header("transfer-encoding"));
		if (!this.chunked) {
			this.inChunk = Integer.parseInt((header("content-length") != null) ? header("content-length") : "0");
			this.ended = this.inChunk == 0;
		}
	}

	private String rawLine() throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		for (int b = this.in.read(); b != '\n'; b = this.in.read()) {
			if (b < 0) {
				throw new IOException("Connection closed in line '" + line + "'");
			}
			if (b != '\r') {
				line.write(b);
			}
		}
		return line.toString(StandardCharsets.UTF_8);
	}

	/**
	 * The next line, which may be between frames.
	 * @return {@code null} if the body ended
	 */
	@Nullable String line() {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		for (int b = read(); b != '\n'; b = read()) {
			if (b < 0) {
				return (line.size() > 0) ? line.toString(StandardCharsets.UTF_8) : null;
			}
			line.write(b);
		}
		return line.toString(StandardCharsets.UTF_8);
	}

	private int read() {
		if (this.ended) {
			return -1;
		}
		try {
			if (this.chunked && this.inChunk == 0) {
				// Jetty sends the end of a chunk with the next one only.
				String size = rawLine();
				this.inChunk = Integer.parseInt(size.isEmpty() ? rawLine() : size, 16);
				if (this.inChunk == 0) {
					rawLine();
					this.ended = true;
					return -1;
				}
			}
			int b = this.in.read();
			if (b < 0) {
				throw new IOException("Connection closed in the body");
			}
			this.inChunk--;
			this.ended = !this.chunked && this.inChunk == 0;
			return b;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
