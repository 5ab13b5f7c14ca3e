package io.progress.sse;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/**
 * Visits the running jobs at a fixed pace. Rests while there are none.
 */
final class Ticker {

	private final Set<TrackedJob> jobs = ConcurrentHashMap.newKeySet();

	private final ReentrantLock lock = new ReentrantLock();

	private final Scheduler scheduler;

	private final Duration interval;

	private @Nullable Disposable ticking;

	Ticker(Scheduler scheduler, Duration interval) {
		this.scheduler = scheduler;
		this.interval = interval;
	}

	void add(TrackedJob job) {
		this.jobs.add(job);
		this.lock.lock();
		try {
			if (this.ticking == null) {
				long nanos = this.interval.toNanos();
				this.ticking = this.scheduler.schedulePeriodically(this::tick, nanos, nanos, TimeUnit.NANOSECONDS);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	void remove(TrackedJob job) {
		this.jobs.remove(job);
	}

	void tick() {
		this.jobs.forEach(TrackedJob::tick);
		this.lock.lock();
		try {
			if (this.jobs.isEmpty() && this.ticking != null) {
				this.ticking.dispose();
				this.ticking = null;
			}
		}
		finally {
			this.lock.unlock();
		}
	}

}
