package io.progress.sse.benchmarks.server;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * The source of the events: a thread that publishes an event of each job in turn, either
 * at a fixed rate or as fast as the slowest viewer follows.
 */
final class JobSource {

	private static final long PATIENCE_NANOS = 1_000_000;

	private final Publisher publisher;

	private int jobs;

	private long round;

	private volatile long floor;

	private volatile boolean running;

	private @Nullable Thread thread;

	JobSource(Publisher publisher) {
		this.publisher = publisher;
	}

	/**
	 * Creates jobs that have one event each.
	 * @return their number
	 */
	int create(int jobs) {
		this.jobs = jobs;
		this.round = 0;
		publishRound(nowMicros());
		return jobs;
	}

	/**
	 * Publishes as long as no viewer is more than so many events behind.
	 */
	void startPaced(int window) {
		this.floor = this.round;
		start(() -> {
			while (this.running) {
				if (this.round - this.floor < window) {
					publishRound(nowMicros());
				}
				else {
					LockSupport.parkNanos(this, PATIENCE_NANOS);
				}
			}
		});
	}

	/**
	 * Every viewer has got this event or a later one.
	 */
	void floor(long number) {
		this.floor = number;
		LockSupport.unpark(this.thread);
	}

	/**
	 * Publishes so many rounds a second, whatever the viewers do. An event that is late
	 * because publishing takes long counts from when it was due.
	 * @param spread whether the events of a round are due one after the other, evenly
	 * over its time, and not all at once
	 */
	void startTimed(int perSecond, boolean spread) {
		long interval = 1_000_000_000L / perSecond;
		long gap = spread ? interval / this.jobs : 0;
		start(() -> {
			long start = System.nanoTime();
			long startMicros = nowMicros();
			for (long due = 0; this.running; due += interval) {
				this.round++;
				for (int job = 0; job < this.jobs; job++) {
					long own = due + job * gap;
					parkUntil(start + own);
					this.publisher.publish(job, this.round, startMicros + own / 1_000);
				}
				while (this.running && System.nanoTime() < start + due + interval) {
					LockSupport.parkNanos(this, start + due + interval - System.nanoTime());
				}
			}
		});
	}

	/**
	 * Stops publishing.
	 * @return number of the last event of each job
	 */
	long stop() {
		this.running = false;
		try {
			if (this.thread != null) {
				LockSupport.unpark(this.thread);
				this.thread.join();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return this.round;
	}

	private void start(Runnable task) {
		this.running = true;
		this.thread = new Thread(task, "job-source");
		this.thread.start();
	}

	private void publishRound(long dueMicros) {
		this.round++;
		for (int job = 0; job < this.jobs; job++) {
			this.publisher.publish(job, this.round, dueMicros);
		}
	}

	private void parkUntil(long nanos) {
		for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
			LockSupport.parkNanos(this, left);
		}
	}

	private static long nowMicros() {
		return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
	}

}
