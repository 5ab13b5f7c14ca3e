package io.progress.sse.redis.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;

/**
 * The application in a JVM of its own.
 */
final class Node implements AutoCloseable {

	static final Duration PATIENCE = Duration.ofMinutes(2);

	private static final Pattern STARTED = Pattern.compile("Netty started on port (\\d+)");

	private static final HttpClient CLIENT = HttpClient.newHttpClient();

	private final Process process;

	private final Path log;

	private Node(Process process, Path log) {
		this.process = process;
		this.log = log;
	}

	/** Starts a node; {@link #port()} waits until it is up. */
	static Node start(int redisPort, String... properties) {
		try {
			Path log = Files.createTempFile("node", ".log");
			List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java",
					"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m", "-cp",
					System.getProperty("java.class.path"), NodeApplication.class.getName(), "--server.port=0",
					"--server.address=127.0.0.1", "--spring.data.redis.host=127.0.0.1",
					"--spring.data.redis.port=" + redisPort, "--logging.level.org.springframework.boot=info"));
			command.addAll(List.of(properties));
			return new Node(new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start(),
					log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	int port() {
		return Awaitility.await().atMost(PATIENCE).until(this::findPort, (port) -> port > 0);
	}

	private int findPort() throws IOException {
		String text = Files.readString(this.log);
		if (!this.process.isAlive()) {
			throw new IllegalStateException("A node must start, but has not: " + text);
		}
		Matcher started = STARTED.matcher(text);
		return started.find() ? Integer.parseInt(started.group(1)) : -1;
	}

	URI uri(String path) {
		return URI.create("http://127.0.0.1:" + port() + path);
	}

	int send(String method, String path) {
		try {
			HttpRequest request = HttpRequest.newBuilder(uri(path))
				.method(method, HttpRequest.BodyPublishers.noBody())
				.timeout(PATIENCE)
				.build();
			HttpResponse<String> response = CLIENT.send(request, BodyHandlers.ofString());
			return response.statusCode();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/** Like {@code kill -9}. */
	void kill() {
		this.process.destroyForcibly();
		awaitExit();
	}

	/** Like {@code kill}: the application says goodbye. */
	void stop() {
		this.process.destroy();
	}

	void awaitExit() {
		try {
			this.process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void close() {
		kill();
		try {
			Files.deleteIfExists(this.log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
