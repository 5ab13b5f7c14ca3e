package io.progress.sse.benchmarks.load;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs the load scenarios.
 */
public final class LoadMain {

	private LoadMain() {
	}

	/**
	 * Runs them.
	 * @param args letters of scenarios (all if there are none), and
	 * {@code --servers progress-sse,hand-written,hand-tuned}, {@code --rounds n},
	 * {@code --seconds n}, {@code --window n}
	 * @throws Exception if they cannot be run
	 */
	public static void main(List<String> args) throws Exception {
		LoadOptions options = LoadOptions.of(args);
		System.out.printf("JDK %s, %d CPUs%n", Runtime.version(), Runtime.getRuntime().availableProcessors());
		try (LoadClient client = new LoadClient()) {
			for (Map.Entry<String, Scenario> each : scenarios().entrySet()) {
				if (options.scenarios().isEmpty() || options.scenarios().contains(each.getKey())) {
					System.out.printf("%n(%s) %s%n%n", each.getKey(), each.getValue().title());
					each.getValue().run(client, options);
				}
			}
		}
	}

	private static Map<String, Scenario> scenarios() {
		Map<String, Scenario> scenarios = new LinkedHashMap<>();
		scenarios.put("a", new FanOut("500 viewers of one job, flat out", 1, 500, Contestant.FLAT_OUT));
		scenarios.put("b", new FanOut("500 viewers of one job, 100 events per second", 1, 500, 100));
		scenarios.put("b2", new FanOut("500 viewers of one job, 10 events per second", 1, 500, 10));
		scenarios.put("c", new FanOut("1,000 jobs with one viewer each, flat out", 1_000, 1_000, Contestant.FLAT_OUT));
		scenarios.put("c2", new FanOut("1,000 jobs with one viewer each, 4 events per second", 1_000, 1_000, 4));
		scenarios.put("c3", new FanOut("1,000 jobs with one viewer each, 20 events per second", 1_000, 1_000, 20));
		scenarios.put("c4", new FanOut("1,000 jobs with one viewer each, 40 events per second", 1_000, 1_000, 40));
		scenarios.put("d1", new IdleStreams("5,000 idle streams of 5,000 jobs", 5_000, 5_000));
		scenarios.put("d2", new IdleStreams("5,000 idle streams of 5 jobs", 5, 5_000));
		scenarios.put("e", new StuckViewers("1,000 viewers of one job, 50 of which never read", 950, 50, 20));
		return scenarios;
	}

}
