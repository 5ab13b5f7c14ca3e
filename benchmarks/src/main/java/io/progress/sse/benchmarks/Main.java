package io.progress.sse.benchmarks;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

import io.progress.sse.benchmarks.load.LoadMain;
import io.progress.sse.benchmarks.redis.RedisMain;

/**
 * Runs the benchmarks, always with the GC profiler, and sums them up in a table. Takes
 * the command line of JMH, {@code ReporterBenchmark -f 3} for example; or one of
 * {@code load}, {@code redis} and {@code storage}, and what {@link LoadMain},
 * {@link RedisMain} and {@link StorageMain} take.
 */
public final class Main {

	private Main() {
	}

	/**
	 * Runs them.
	 * @param args options of JMH, or {@code load}, {@code redis} or {@code storage} and
	 * its options
	 * @throws Exception if they cannot be run
	 */
	public static void main(String[] args) throws Exception {
		if (args.length > 0 && args[0].equals("load")) {
			LoadMain.main(List.of(args).subList(1, args.length));
			return;
		}
		if (args.length > 0 && args[0].equals("storage")) {
			StorageMain.main(List.of(args).subList(1, args.length));
			return;
		}
		if (args.length > 0 && args[0].equals("redis")) {
			RedisMain.main(List.of(args).subList(1, args.length));
			return;
		}
		CommandLineOptions options = new CommandLineOptions(args);
		if (options.shouldHelp() || options.shouldList()) {
			org.openjdk.jmh.Main.main(args);
			return;
		}
		print(new Runner(new OptionsBuilder().parent(options).addProfiler(GCProfiler.class).build()).run());
	}

	private static void print(Collection<RunResult> results) {
		System.out.printf("%nJDK %s, %d CPUs%n%n", Runtime.version(), Runtime.getRuntime().availableProcessors());
		System.out.printf("| %-44s | %12s | %8s | %8s | %-5s | %12s |%n", "benchmark", "time", "±", "best", "unit",
				"B/op");
		System.out.printf("|%s|%s:|%s:|%s:|%s|%s:|%n", "-".repeat(46), "-".repeat(13), "-".repeat(9), "-".repeat(9),
				"-".repeat(7), "-".repeat(13));
		for (RunResult each : results) {
			Result<?> time = each.getPrimaryResult();
			String name = each.getParams().getBenchmark();
			name = name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1);
			System.out.printf(Locale.ROOT, "| %-44s | %12.2f | %8.2f | %8.2f | %-5s | %12.2f |%n", name,
					time.getScore(), time.getScoreError(), time.getStatistics().getMin(), time.getScoreUnit(),
					bytesPerOperation(each.getSecondaryResults()));
		}
	}

	private static double bytesPerOperation(Map<String, ? extends Result> results) {
		Result<?> allocation = results.get("gc.alloc.rate.norm");
		return (allocation != null) ? allocation.getScore() : Double.NaN;
	}

}
