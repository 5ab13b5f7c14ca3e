package io.progress.sse.benchmarks.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Viewers who stop reading among those who do.
 *
 * @param title what it is
 * @param readers streams that are read
 * @param stuck streams that are not
 * @param perSecond events per second
 */
record StuckViewers(String title, int readers, int stuck, int perSecond) implements Scenario {

	private static final int WARM_UP_SECONDS = 10;

	private static final int PATIENCE_SECONDS = 60;

	private static final int FULL_AFTER_SECONDS = 15;

	@Override
	public void run(LoadClient client, LoadOptions options) throws Exception {
		System.out.println("| server        | p99 without | p99 with | ratio | heap B/stuck | direct B/stuck "
				+ "| kernel B/stuck | cut after s |");
		System.out.println("|---------------|------------:|---------:|------:|-------------:|---------------:"
				+ "|---------------:|------------:|");
		for (ServerKind kind : options.servers()) {
			try (Contestant contestant = new Contestant(client, options, kind, 1)) {
				contestant.watch(this.readers, 1);
				contestant.measure(Contestant.FLAT_OUT, WARM_UP_SECONDS);
				List<Figures> without = new ArrayList<>();
				List<Figures> with = new ArrayList<>();
				for (int round = 0; round < options.rounds(); round++) {
					without.add(contestant.measure(this.perSecond, options.seconds()));
					List<Viewer> blind = contestant.watchBlindly(this.stuck);
					with.add(contestant.measure(this.perSecond, options.seconds()));
					close(blind);
				}
				print(kind, without, with, leaveStuck(contestant));
			}
		}
	}

	private Cost leaveStuck(Contestant contestant) throws Exception {
		ServerProcess server = contestant.server();
		long heap = server.askNumber("heap");
		long direct = server.askNumber("direct");
		List<Viewer> blind = contestant.watchBlindly(this.stuck);
		contestant.start(this.perSecond);
		long start = System.nanoTime();
		TimeUnit.SECONDS.sleep(FULL_AFTER_SECONDS);
		Connections connections = Connections.read(server.port(), blind);
		heap = server.askNumber("heap") - heap;
		direct = server.askNumber("direct") - direct;
		String cut = "never";
		while (cut.equals("never") && System.nanoTime() - start < TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
			TimeUnit.MILLISECONDS.sleep(200);
			if (Connections.read(server.port(), blind).established() == 0) {
				cut = String.format(Locale.ROOT, "%.1f", (System.nanoTime() - start) / 1e9);
			}
		}
		contestant.stop();
		close(blind);
		return new Cost(heap / this.stuck, direct / this.stuck, connections.queuedBytes() / this.stuck, cut);
	}

	private void print(ServerKind kind, List<Figures> without, List<Figures> with, Cost cost) {
		double before = Figures.median(without, Figures::p99);
		double after = Figures.median(with, Figures::p99);
		System.out.printf(Locale.ROOT, "| %-13s | %8.2f ms | %5.2f ms | %5.2f | %12d | %14d | %14d | %11s |%n",
				kind.label(), before, after, after / before, cost.heap, cost.direct, cost.kernel, cost.cutAfter);
	}

	private static void close(List<Viewer> viewers) throws Exception {
		for (Viewer viewer : viewers) {
			viewer.close();
		}
	}

	private record Cost(long heap, long direct, long kernel, String cutAfter) {

	}

}
