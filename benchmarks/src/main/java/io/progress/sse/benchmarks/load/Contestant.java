package io.progress.sse.benchmarks.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A server, those who watch its jobs, and the server that the jobs run on: the same one,
 * or another node.
 */
final class Contestant implements AutoCloseable {

	/** As fast as the slowest viewer follows. */
	static final int FLAT_OUT = 0;

	private static final int AT_A_TIME = 100;

	private final LoadClient client;

	/** How many events the source may be ahead of the slowest viewer, flat out. */
	private final int window;

	private final ServerProcess server;

	private final ServerProcess worker;

	private final Audience audience = new Audience();

	private long told;

	private long published = 1;

	Contestant(LoadClient client, LoadOptions options, ServerKind kind, int jobs) throws IOException {
		this(client, new ServerProcess(kind, List.of()), options.window(), jobs);
	}

	private Contestant(LoadClient client, ServerProcess server, int window, int jobs) throws IOException {
		this(client, server, server, window, jobs);
	}

	Contestant(LoadClient client, ServerProcess server, ServerProcess worker, int window, int jobs) throws IOException {
		this.client = client;
		this.server = server;
		this.worker = worker;
		this.window = window;
		this.worker.ask("jobs " + jobs);
	}

	ServerKind kind() {
		return this.server.kind();
	}

	ServerProcess server() {
		return this.server;
	}

	/**
	 * Opens so many streams, evenly over the jobs, a hundred at a time, and waits for
	 * their heads.
	 */
	void watch(int viewers, int jobs) throws Exception {
		int before = this.client.call(this.audience::opened);
		for (int i = 0; i < viewers; i++) {
			Viewer viewer = Viewer.open(this.server.port(), kind().path(i % jobs), 0, this.audience);
			this.client.call(() -> {
				this.audience.viewers().add(viewer);
				this.client.read(viewer, this.audience);
				return viewer;
			});
			int open = i + 1;
			if (open % AT_A_TIME == 0 || open == viewers) {
				await("open " + open + " streams", () -> opened() - before == open);
			}
		}
		settle();
	}

	/**
	 * Opens streams that nobody reads, with a receive buffer of 4 KiB so that the server
	 * feels it soon.
	 */
	List<Viewer> watchBlindly(int viewers) throws IOException {
		List<Viewer> blind = new ArrayList<>();
		for (int i = 0; i < viewers; i++) {
			blind.add(Viewer.open(this.server.port(), kind().path(0), 4096, new Audience()));
		}
		return blind;
	}

	/**
	 * Closes all streams that are read.
	 */
	void leave() throws Exception {
		this.client.call(() -> {
			for (Viewer viewer : this.audience.viewers()) {
				viewer.close();
			}
			this.audience.viewers().clear();
			return null;
		});
	}

	/**
	 * Has events published for a while.
	 * @param perSecond events of each job per second, or {@link #FLAT_OUT}
	 */
	Figures measure(int perSecond, int seconds) throws Exception {
		start(perSecond);
		long cpu = this.server.askNumber("cpu");
		long start = System.nanoTime();
		long first = this.published;
		TimeUnit.SECONDS.sleep(seconds);
		stop();
		double elapsed = (System.nanoTime() - start) / 1e9;
		settle();
		cpu = this.server.askNumber("cpu") - cpu;
		Audience.Seen seen = this.client.call(this.audience::seen);
		int viewers = this.client.call(() -> this.audience.viewers().size());
		double offered = (perSecond == FLAT_OUT) ? this.published - first : perSecond * elapsed;
		return new Figures(seen, elapsed, cpu / 1e3, offered * viewers);
	}

	void start(int perSecond) throws Exception {
		boolean paced = perSecond == FLAT_OUT;
		this.client.call(() -> {
			this.audience.begin(paced);
			this.told = 0;
			this.client.afterTurn(paced ? this::tellFloor : null);
			return null;
		});
		String timed = (this.worker == this.server) ? "rate " : "spread ";
		this.worker.tell(paced ? "pace " + this.window : timed + perSecond);
	}

	void stop() throws IOException {
		this.published = this.worker.askNumber("stop");
	}

	private void tellFloor() {
		long floor = this.audience.floor();
		if (floor - this.told >= Math.max(1, this.window / 8)) {
			this.told = floor;
			this.worker.tell("floor " + floor);
		}
	}

	/**
	 * Waits until everybody has the newest event.
	 */
	void settle() throws Exception {
		await("deliver event " + this.published, this::hasSettled);
	}

	private boolean hasSettled() {
		return call(() -> this.audience.viewers().stream().allMatch((viewer) -> viewer.number() == this.published));
	}

	private int opened() {
		return call(this.audience::opened);
	}

	private <T> T call(Callable<T> task) {
		try {
			return this.client.call(task);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void await(String what, BooleanSupplier condition) throws Exception {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() > deadline) {
				throw new IllegalStateException("'" + kind().label() + "' did not " + what + " within 20 s: "
						+ this.client.call(this.audience::seen));
			}
			TimeUnit.MILLISECONDS.sleep(20);
		}
	}

	@Override
	public void close() throws Exception {
		leave();
		this.server.close();
		this.worker.close();
	}

}
