package io.progress.sse.benchmarks.load;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Many events to many viewers. The servers run side by side and are measured in turns,
 * each first as often as the other.
 *
 * @param title what it is
 * @param jobs number of jobs
 * @param viewers number of streams, evenly over the jobs
 * @param perSecond events of each job per second, or {@link Contestant#FLAT_OUT}
 */
record FanOut(String title, int jobs, int viewers, int perSecond) implements Scenario {

	private static final int WARM_UP_SECONDS = 10;

	@Override
	public void run(LoadClient client, LoadOptions options) throws Exception {
		List<Contestant> contestants = new ArrayList<>();
		try {
			for (ServerKind kind : options.servers()) {
				Contestant contestant = new Contestant(client, options, kind, this.jobs);
				contestants.add(contestant);
				contestant.watch(this.viewers, this.jobs);
				contestant.measure(Contestant.FLAT_OUT, WARM_UP_SECONDS);
				contestant.measure(this.perSecond, 2);
			}
			print(measure(contestants, options));
		}
		finally {
			for (Contestant contestant : contestants) {
				contestant.close();
			}
		}
	}

	private Map<ServerKind, List<Figures>> measure(List<Contestant> contestants, LoadOptions options) throws Exception {
		Map<ServerKind, List<Figures>> rounds = new EnumMap<>(ServerKind.class);
		List<Contestant> order = new ArrayList<>(contestants);
		for (int round = 1; round <= options.rounds(); round++) {
			for (Contestant contestant : order) {
				Figures figures = contestant.measure(this.perSecond, options.seconds());
				rounds.computeIfAbsent(contestant.kind(), (kind) -> new ArrayList<>()).add(figures);
				System.out.printf(Locale.ROOT,
						"  round %d  %-13s %9.0f events/s  %6.2f µs  p50 %7.2f ms  p99 %7.2f ms%n", round,
						contestant.kind().label(), figures.perSecond(), figures.cpuMicrosPerEvent(), figures.p50(),
						figures.p99());
			}
			Collections.reverse(order);
		}
		return rounds;
	}

	private void print(Map<ServerKind, List<Figures>> all) {
		System.out.println();
		System.out
			.println("| server        | events/s | CPU µs/event | p50 ms | p99 ms | not delivered | out of order |");
		System.out
			.println("|---------------|---------:|-------------:|-------:|-------:|--------------:|-------------:|");
		all.forEach((kind, rounds) -> System.out.printf(Locale.ROOT,
				"| %-13s | %8.0f | %12.2f | %6.2f | %6.2f | %11.2f %% | %12.0f |%n", kind.label(),
				Figures.median(rounds, Figures::perSecond), Figures.median(rounds, Figures::cpuMicrosPerEvent),
				Figures.median(rounds, Figures::p50), Figures.median(rounds, Figures::p99),
				Figures.median(rounds, Figures::lostPercent),
				Figures.median(rounds, (figures) -> figures.seen().disorder())));
		compare(all);
	}

	private void compare(Map<ServerKind, List<Figures>> all) {
		List<Figures> ours = all.get(ServerKind.PROGRESS_SSE);
		all.forEach((kind, theirs) -> {
			if (ours != null && theirs != ours) {
				System.out.printf(Locale.ROOT, "CPU per event: %.2f of %s%n",
						Figures.median(ours, Figures::cpuMicrosPerEvent)
								/ Figures.median(theirs, Figures::cpuMicrosPerEvent),
						kind.label());
			}
		});
	}

}
