package io.progress.sse.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import org.awaitility.Awaitility;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.util.FileSystemUtils;

/**
 * A Redis server of a test's own on a free port of the loopback interface. It can be
 * killed, started again, and made to hang.
 */
final class RedisProcess implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final List<String> command = new ArrayList<>();

	private final int port;

	private final Path folder;

	private Process process;

	RedisProcess(RedisExecutable executable, String... options) {
		this(executable, freePort(), options);
	}

	RedisProcess(RedisExecutable executable, int port, String... options) {
		this(executable, port, List.of(), options);
	}

	private RedisProcess(RedisExecutable executable, int port, List<String> configuration, String... options) {
		this.port = port;
		try {
			this.folder = Files.createTempDirectory("progress-redis");
			Path file = Files.write(this.folder.resolve("redis.conf"), configuration);
			this.command.addAll(List.of(executable.file().getPath(), file.toString()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.command.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1", "--save", "", "--dir",
				this.folder.toString()));
		this.command.addAll(List.of(options));
		start();
	}

	/** Writes down in its configuration what it learns. */
	static RedisProcess sentinel(RedisExecutable executable, List<String> configuration) {
		return new RedisProcess(executable, freePort(), configuration, "--sentinel");
	}

	/** Below 22,768, because a cluster node listens on a port 10,000 above, too. */
	static int freePort() {
		for (int i = 0; i < 1000; i++) {
			int port = ThreadLocalRandom.current().nextInt(11_000, 22_768);
			if (isFree(port) && isFree(port + 10_000)) {
				return port;
			}
		}
		throw new IllegalStateException("There must be a free port, but 1000 tries found none");
	}

	private static boolean isFree(int port) {
		try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
			return socket.isBound();
		}
		catch (IOException ex) {
			return false;
		}
	}

	int port() {
		return this.port;
	}

	long pid() {
		return this.process.pid();
	}

	void start() {
		try {
			this.process = new ProcessBuilder(this.command).redirectErrorStream(true)
				.redirectOutput(this.folder.resolve("log").toFile())
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		Awaitility.await().pollInterval(Duration.ofMillis(10)).atMost(PATIENCE).until(this::accepts);
	}

	private boolean accepts() {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			return socket.isConnected();
		}
		catch (IOException ex) {
			return false;
		}
	}

	/** Like {@code kill -9}: what was in memory is gone. */
	void kill() {
		this.process.destroyForcibly();
		try {
			this.process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Connections stay open and nothing is answered. */
	void hang() {
		signal("-STOP");
	}

	void resume() {
		signal("-CONT");
	}

	private void signal(String signal) {
		try {
			new ProcessBuilder("kill", signal, Long.toString(pid())).start().waitFor();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** A folder is where the file should go. */
	void preventSaving() {
		try {
			Files.createDirectories(this.folder.resolve("dump.rdb"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	<T> T call(Function<RedisCommands<String, String>, T> command) {
		RedisClient client = RedisClient.create(RedisURI.create("127.0.0.1", this.port));
		try (StatefulRedisConnection<String, String> connection = client.connect()) {
			return command.apply(connection.sync());
		}
		finally {
			client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
		}
	}

	LettuceConnectionFactory connectionFactory() {
		return connectionFactory(this.port);
	}

	static LettuceConnectionFactory connectionFactory(int port) {
		LettuceConnectionFactory factory = new LettuceConnectionFactory(
				new RedisStandaloneConfiguration("127.0.0.1", port));
		factory.afterPropertiesSet();
		return factory;
	}

	@Override
	public void close() {
		resume();
		kill();
		FileSystemUtils.deleteRecursively(this.folder.toFile());
	}

}
