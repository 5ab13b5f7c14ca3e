package io.progress.sse.engine;

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
 * Visits, at a fixed pace, the jobs that run or whose events are not stored yet. Does
 * nothing while there are none.
 */
final class Ticker {

	private static final Logger logger = LoggerFactory.getLogger(Ticker.class);

	private static final long MAX_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(5);

	private final Set<TrackedJob> jobs = ConcurrentHashMap.newKeySet();

	private final ReentrantLock lock = new ReentrantLock();

	private final Scheduler scheduler;

	private final long interval;

	private final EngineTime time;

	private volatile long tickedNanos;

	private @Nullable Disposable ticking;

	/**
	 * Creates a ticker without jobs.
	 * @param interval time between two visits, in nanoseconds
	 */
	Ticker(Scheduler scheduler, EngineTime time, long interval) {
		this.scheduler = scheduler;
		this.time = time;
		this.interval = interval;
	}

	/**
	 * Adds a job. If the scheduler is disposed already, because the application shuts
	 * down, the job is not sampled; its phases, notes and end are still published.
	 */
	void add(TrackedJob job) {
		this.jobs.add(job);
		this.lock.lock();
		try {
			if (this.ticking != null && isOverdue()) {
				this.ticking.dispose();
				this.ticking = null;
			}
			if (this.ticking == null) {
				this.tickedNanos = this.time.now();
				this.ticking = this.scheduler.schedulePeriodically(this::tick, this.interval, this.interval,
						TimeUnit.NANOSECONDS);
			}
		}
		catch (RejectedExecutionException ex) {
			logger.debug("Job '{}' is not sampled, because the scheduler is disposed", job.id(), ex);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * A scheduler may lose its periodic task when memory is exhausted; the next job then
	 * starts a new one.
	 */
	private boolean isOverdue() {
		return this.time.now() - this.tickedNanos > MAX_PAUSE_NANOS + this.interval;
	}

	void remove(TrackedJob job) {
		this.jobs.remove(job);
	}

	Collection<TrackedJob> jobs() {
		return List.copyOf(this.jobs);
	}

	/**
	 * Never throws, not even when memory is exhausted, because a periodic task that
	 * throws is not run again.
	 */
	private void tick() {
		try {
			long now = this.time.now();
			this.tickedNanos = now;
			this.jobs.forEach((job) -> tick(job, now));
			restIfIdle();
		}
		catch (Throwable ex) {
			// There is no memory. The next tick visits the remaining jobs.
		}
	}

	private void restIfIdle() {
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

	private static void tick(TrackedJob job, long now) {
		try {
			job.tick(now);
		}
		catch (Throwable ex) {
			job.log().untold(ex);
		}
	}

}
