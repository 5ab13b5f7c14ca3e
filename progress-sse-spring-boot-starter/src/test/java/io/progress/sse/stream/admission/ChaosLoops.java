package io.progress.sse.stream.admission;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Two event loops, and a thread for whatever clients do later.
 */
final class ChaosLoops implements AutoCloseable {

	private final List<ScheduledExecutorService> loops = List.of(Executors.newSingleThreadScheduledExecutor(),
			Executors.newSingleThreadScheduledExecutor());

	private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();

	Executor loop(int i) {
		return this.loops.get(Math.floorMod(i, this.loops.size()));
	}

	void later(Runnable action, int micros) {
		Future<?> unused = this.later.schedule(action, micros, TimeUnit.MICROSECONDS);
	}

	@Override
	public void close() {
		this.later.shutdownNow();
		this.loops.forEach(ScheduledExecutorService::shutdownNow);
	}

}
