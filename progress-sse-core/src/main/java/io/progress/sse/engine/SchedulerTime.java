package io.progress.sse.engine;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import reactor.core.scheduler.Scheduler;

/**
 * Measures durations with a scheduler that has its own time, such as the virtual time of
 * a test, otherwise with the system. The wall clock is not used, because it may be set to
 * another time.
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
