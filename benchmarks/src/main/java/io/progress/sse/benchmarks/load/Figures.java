package io.progress.sse.benchmarks.load;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The results of a measurement.
 *
 * @param seen the events that the viewers saw
 * @param seconds how long events were published
 * @param cpuMicros CPU time of the server process
 * @param offered events that were to be delivered: those published, or at a fixed rate
 * those that should have been, times viewers
 */
record Figures(Audience.Seen seen, double seconds, double cpuMicros, double offered) {

	double perSecond() {
		return this.seen.events() / this.seconds;
	}

	double cpuMicrosPerEvent() {
		return this.cpuMicros / this.seen.events();
	}

	double lostPercent() {
		return 100.0 * (this.offered - this.seen.events()) / this.offered;
	}

	double p50() {
		return this.seen.millisAt(50);
	}

	double p99() {
		return this.seen.millisAt(99);
	}

	static double median(List<Figures> rounds, ToDoubleFunction<Figures> figure) {
		double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
		int middle = sorted.length / 2;
		return (sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
	}

}
