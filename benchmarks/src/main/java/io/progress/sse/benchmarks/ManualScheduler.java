package io.progress.sse.benchmarks;

import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Runs the periodic task when it is told to, on the thread that tells it.
 */
final class ManualScheduler implements Scheduler {

	private @Nullable Runnable periodic;

	void tick() {
		if (this.periodic != null) {
			this.periodic.run();
		}
	}

	@Override
	public Disposable schedulePeriodically(Runnable task, long initialDelay, long period, TimeUnit unit) {
		this.periodic = task;
		return Disposables.single();
	}

	@Override
	public Disposable schedule(Runnable task) {
		return Schedulers.immediate().schedule(task);
	}

	@Override
	public Worker createWorker() {
		return Schedulers.immediate().createWorker();
	}

	@Override
	public long now(TimeUnit unit) {
		return unit.convert(System.nanoTime(), TimeUnit.NANOSECONDS);
	}

}
