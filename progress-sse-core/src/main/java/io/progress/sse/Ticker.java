package io.progress.sse;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/**
 * Visits, at a fixed pace, the jobs that run or whose events are not stored yet. Rests
 * while there are none.
 */
final class Ticker {

	private static final Logger logger = LoggerFactory.getLogger(Ticker.class);

	private final Set<TrackedJob> jobs = ConcurrentHashMap.newKeySet();

	private final ReentrantLock lock = new ReentrantLock();

	private final Scheduler scheduler;

	private final Duration interval;

	private @Nullable Disposable ticking;

	Ticker(Scheduler scheduler, Duration interval) {
		this.scheduler = scheduler;
		this.interval = interval;
	}

	/**
	 * Adds a job. Where the scheduler is disposed already, because the application goes
	 * down, nothing is sampled any more; phases, notes and ends still go out.
	 */
	void add(TrackedJob job) {
		this.jobs.add(job);
		this.lock.lock();
		try {
			if (this.ticking == null) {
				long nanos = this.interval.toNanos();
				this.ticking = this.scheduler.schedulePeriodically(this::tick, nanos, nanos, TimeUnit.NANOSECONDS);
			}
		}
		catch (RejectedExecutionException ex) {
			logger.debug("Job '{}' is not sampled", job.id(), ex);
		}
		finally {
			this.lock.unlock();
		}
	}

	void remove(TrackedJob job) {
		this.jobs.remove(job);
	}

	Collection<TrackedJob> jobs() {
		return List.copyOf(this.jobs);
	}

	private void tick() {
		this.jobs.forEach(Ticker::tick);
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

	private static void tick(TrackedJob job) {
		try {
			job.tick();
		}
		catch (RuntimeException ex) {
			logger.error("Job '{}' could not be sampled; the others are", job.id(), ex);
		}
	}

}
