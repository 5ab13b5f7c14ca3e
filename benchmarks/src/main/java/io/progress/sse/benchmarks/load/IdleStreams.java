package io.progress.sse.benchmarks.load;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Streams on which nothing happens.
 *
 * @param title what it is
 * @param jobs number of jobs
 * @param viewers number of streams, evenly over the jobs
 */
record IdleStreams(String title, int jobs, int viewers) implements Scenario {

	private static final int FIRST_VIEWERS = 500;

	/** Longer than a server may keep something in case a viewer comes back. */
	private static final int REST_SECONDS = 13;

	private static final int IDLE_SECONDS = 10;

	@Override
	public void run(LoadClient client, LoadOptions options) throws Exception {
		System.out.println("| server        | heap B/stream | direct B/stream | CPU ms per s while idle |");
		System.out.println("|---------------|--------------:|----------------:|------------------------:|");
		for (ServerKind kind : options.servers()) {
			try (Contestant contestant = new Contestant(client, options, kind, this.jobs)) {
				measure(contestant);
			}
		}
	}

	private void measure(Contestant contestant) throws Exception {
		// The first viewers bring classes and pools with them.
		contestant.watch(FIRST_VIEWERS, Math.min(this.jobs, FIRST_VIEWERS));
		contestant.leave();
		TimeUnit.SECONDS.sleep(REST_SECONDS);
		ServerProcess server = contestant.server();
		long heap = server.askNumber("heap");
		long direct = server.askNumber("direct");
		contestant.watch(this.viewers, this.jobs);
		TimeUnit.SECONDS.sleep(2);
		heap = server.askNumber("heap") - heap;
		direct = server.askNumber("direct") - direct;
		long cpu = server.askNumber("cpu");
		TimeUnit.SECONDS.sleep(IDLE_SECONDS);
		cpu = server.askNumber("cpu") - cpu;
		System.out.printf(Locale.ROOT, "| %-13s | %13d | %15d | %23.1f |%n", contestant.kind().label(),
				heap / this.viewers, direct / this.viewers, cpu / 1e6 / IDLE_SECONDS);
	}

}
