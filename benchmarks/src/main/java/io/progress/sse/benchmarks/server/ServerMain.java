package io.progress.sse.benchmarks.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

import com.sun.management.OperatingSystemMXBean;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

import io.progress.sse.benchmarks.load.ServerKind;

/**
 * A server that does what it is told through its standard input, line by line, and ends
 * with it.
 */
public final class ServerMain {

	/** What an answer begins with; other output does not. */
	public static final String ANSWER = "> ";

	private static final OperatingSystemMXBean SYSTEM = ManagementFactory
		.getPlatformMXBean(OperatingSystemMXBean.class);

	private final JobSource source;

	private ServerMain(JobSource source) {
		this.source = source;
	}

	/**
	 * Starts the server.
	 * @param args name of the {@link ServerKind}, and properties like
	 * {@code --spring.data.redis.port=6379}
	 * @throws IOException if standard input cannot be read
	 */
	public static void main(String[] args) throws IOException {
		ServerKind kind = ServerKind.valueOf(args[0]);
		try (ConfigurableApplicationContext context = start(kind, Arrays.copyOfRange(args, 1, args.length))) {
			answer(context.getEnvironment().getRequiredProperty("local.server.port"));
			new ServerMain(new JobSource(context.getBean(Publisher.class))).obey();
		}
		System.exit(0);
	}

	private static ConfigurableApplicationContext start(ServerKind kind, String[] properties) {
		boolean ours = kind == ServerKind.PROGRESS_SSE;
		return new SpringApplicationBuilder(ours ? ProgressSseServer.class : HandWrittenServer.class)
			.properties("server.port=0", "server.address=127.0.0.1", "spring.main.banner-mode=off",
					"logging.level.root=warn", "progress.sse.redis.enabled=false",
					"benchmark.json-once=" + (kind == ServerKind.HAND_TUNED),
					"spring.autoconfigure.exclude=" + (ours ? "" : ownAutoConfigurations()))
			.run(properties);
	}

	/**
	 * Nothing of this library runs in the hand-written server.
	 */
	private static String ownAutoConfigurations() {
		return ImportCandidates.load(AutoConfiguration.class, null)
			.getCandidates()
			.stream()
			.filter((name) -> name.startsWith("io.progress.sse."))
			.collect(Collectors.joining(","));
	}

	private void obey() throws IOException {
		BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
		for (String line = commands.readLine(); line != null; line = commands.readLine()) {
			String[] words = line.split(" ");
			switch (words[0]) {
				case "jobs" -> answer(this.source.create(Integer.parseInt(words[1])));
				case "pace" -> this.source.startPaced(Integer.parseInt(words[1]));
				case "floor" -> this.source.floor(Long.parseLong(words[1]));
				case "rate" -> this.source.startTimed(Integer.parseInt(words[1]), false);
				case "spread" -> this.source.startTimed(Integer.parseInt(words[1]), true);
				case "stop" -> answer(this.source.stop());
				case "cpu" -> answer(SYSTEM.getProcessCpuTime());
				case "heap" -> answer(heapAfterCollection());
				case "direct" -> answer(directMemory());
				default -> throw new IllegalArgumentException("'" + line + "' is not a command");
			}
		}
	}

	private static long directMemory() {
		return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric().usedDirectMemory();
	}

	private static long heapAfterCollection() {
		long least = Long.MAX_VALUE;
		for (int i = 0; i < 4; i++) {
			System.gc();
			least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
		}
		return least;
	}

	private static void answer(Object answer) {
		System.out.println(ANSWER + answer);
	}

}
