package io.progress.sse.engine;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import reactor.core.scheduler.Scheduler;

/**
 * Measures time by a scheduler, if that has a time of its own, such as the virtual one of
 * a test. The wall clock is no measure: it may be set, and then an hour is over at once,
 * or never.
 */
final class SchedulerTime {

	private static final long WALL_CLOCK_MILLIS = 60_000;

	private SchedulerTime() {
	}

	static LongSupplier of(Scheduler scheduler) {
		long apart = scheduler.now(TimeUnit.MILLISECONDS) - System.currentTimeMillis();
		boolean tellsTheWallClock = Math.abs(apart) < WALL_CLOCK_MILLIS;
		return tellsTheWallClock ? System::nanoTime : () -> scheduler.now(TimeUnit.NANOSECONDS);
	}

}
