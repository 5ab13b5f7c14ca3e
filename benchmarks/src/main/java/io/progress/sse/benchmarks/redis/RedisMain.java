package io.progress.sse.benchmarks.redis;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.HdrHistogram.Histogram;

import io.progress.sse.benchmarks.load.TwoNodes;

/**
 * Measures the Redis store against a Redis of its own ({@code redis-server} on the path)
 * and prints tables: {@code appends}, {@code stores} and {@code applications}, or those
 * that are named. Options: {@code --seconds n} per row (5).
 */
public final class RedisMain {

	private static final int PAYLOAD = 200;

	private static final Set<String> TABLES = Set.of("appends", "stores", "applications");

	private static final String HEAD = "| %-22s | %6s | %8s | %8s | %8s | %8s | %11s |%n"
			+ "|---|---:|---:|---:|---:|---:|---:|%n";

	private RedisMain() {
	}

	/**
	 * Runs it.
	 * @param args the options
	 * @throws Exception if it cannot be run
	 */
	public static void main(List<String> args) throws Exception {
		int given = args.indexOf("--seconds");
		Duration time = Duration.ofSeconds((given >= 0) ? Integer.parseInt(args.get(given + 1)) : 5);
		try (RedisServer redis = new RedisServer()) {
			if (isWanted("appends", args)) {
				appends(redis, time);
			}
			if (isWanted("stores", args)) {
				stores(redis, time);
			}
			if (isWanted("applications", args)) {
				applications(redis, time);
			}
		}
	}

	private static boolean isWanted(String table, List<String> args) {
		return args.contains(table) || TABLES.stream().noneMatch(args::contains);
	}

	private static void appends(RedisServer redis, Duration time) {
		System.out.printf("%nAppends of %d-byte events to 1,000 jobs, as fast as they are answered%n%n", PAYLOAD);
		System.out.printf("| %-22s | %10s | %17s |%n|---|---:|---:|%n", "batch", "events/s", "Redis CPU µs/event");
		for (int batch : new int[] { 1, 10 }) {
			try (Nodes nodes = new Nodes(redis, PAYLOAD)) {
				nodes.appendFlatOut(1_000, batch, Duration.ofSeconds(3));
				redis.startMeasuring();
				long events = nodes.appendFlatOut(1_000, batch, time);
				double micros = redis.cpuMicros();
				System.out.printf(Locale.ROOT, "| %-22s | %,10d | %17.1f |%n", batch, events / time.toSeconds(),
						micros / events);
				warnOf(nodes.failures());
			}
		}
	}

	private static void stores(RedisServer redis, Duration time) {
		System.out.printf("%nFrom an append on one node to its watcher on another%n%n");
		System.out.printf(HEAD, "watching", "jobs", "events/s", "p50 ms", "p99 ms", "max ms", "Redis CPU %");
		for (int[] load : new int[][] { { 1_000, 1_000 }, { 10_000, 5_000 } }) {
			for (Watching watching : Watching.values()) {
				try (Nodes nodes = new Nodes(redis, PAYLOAD)) {
					nodes.watch(load[0], watching);
					nodes.appendAtRate(load[0], load[1], Duration.ofSeconds(3));
					nodes.latency().reset();
					redis.startMeasuring();
					nodes.appendAtRate(load[0], load[1], time);
					double busy = redis.cpuMicros();
					print(watching.text(), load[0], nodes.latency().copy(), 1e6, busy, time);
					warnOf(nodes.failures());
				}
			}
		}
	}

	private static void applications(RedisServer redis, Duration time) throws Exception {
		System.out.printf("%nFrom a job in one application to its viewer at another, over HTTP%n%n");
		System.out.printf(HEAD, "viewers of a job", "jobs", "events/s", "p50 ms", "p99 ms", "max ms", "Redis CPU %");
		try (TwoNodes nodes = new TwoNodes(redis.port(), 1_000)) {
			nodes.measure(4, Duration.ofSeconds(10));
			nodes.measure(1, Duration.ofSeconds(3));
			redis.startMeasuring();
			long start = System.nanoTime();
			Histogram micros = nodes.measure(1, time);
			Duration taken = Duration.ofNanos(System.nanoTime() - start);
			print("1", 1_000, micros, 1e3, redis.cpuMicros(), taken);
		}
	}

	private static void print(String label, int jobs, Histogram latency, double perMilli, double busyMicros,
			Duration time) {
		System.out.printf(Locale.ROOT, "| %-22s | %,6d | %,8d | %8.2f | %8.2f | %8.1f | %11.1f |%n", label, jobs,
				latency.getTotalCount() * 1_000 / time.toMillis(), latency.getValueAtPercentile(50) / perMilli,
				latency.getValueAtPercentile(99) / perMilli, latency.getMaxValue() / perMilli,
				busyMicros / (time.toNanos() / 1e3) * 100);
	}

	private static void warnOf(long failures) {
		if (failures > 0) {
			System.out.printf("(%d appends had no answer: this machine has other work to do)%n", failures);
		}
	}

	/** How a job is watched. */
	enum Watching {

		PUSHED("pushed (JobTail)"), POLLED("polled each 500 ms");

		private final String text;

		Watching(String text) {
			this.text = text;
		}

		String text() {
			return this.text;
		}

	}

}
