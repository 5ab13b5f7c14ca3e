package io.progress.sse.benchmarks.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.TimeUnit;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * A Redis of the benchmark's own, and how busy it was.
 */
final class RedisServer implements AutoCloseable {

	private final int port = freePort();

	private final Process process;

	private final RedisClient client;

	private final RedisCommands<String, String> commands;

	private double startMicros;

	RedisServer() throws IOException, InterruptedException {
		this.process = new ProcessBuilder("redis-server", "--port", Integer.toString(this.port), "--bind", "127.0.0.1",
				"--save", "")
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		TimeUnit.MILLISECONDS.sleep(500);
		this.client = RedisClient.create(RedisURI.create("127.0.0.1", this.port));
		this.commands = this.client.connect().sync();
		System.out.printf("Redis %s%n", info("server", "redis_version"));
	}

	int port() {
		return this.port;
	}

	LettuceConnectionFactory connections() {
		LettuceConnectionFactory factory = new LettuceConnectionFactory(
				new RedisStandaloneConfiguration("127.0.0.1", this.port));
		factory.afterPropertiesSet();
		return factory;
	}

	void startMeasuring() {
		this.startMicros = totalMicros();
	}

	/** Time that Redis has worked since the start of measuring. */
	double cpuMicros() {
		return totalMicros() - this.startMicros;
	}

	private double totalMicros() {
		return 1e6
				* (Double.parseDouble(info("cpu", "used_cpu_user")) + Double.parseDouble(info("cpu", "used_cpu_sys")));
	}

	private String info(String section, String key) {
		return this.commands.info(section)
			.lines()
			.filter((line) -> line.startsWith(key + ":"))
			.map((line) -> line.substring(key.length() + 1).strip())
			.findFirst()
			.orElseThrow();
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.client.shutdown();
		this.process.destroy();
	}

}
