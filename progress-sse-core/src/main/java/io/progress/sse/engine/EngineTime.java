package io.progress.sse.engine;

import java.time.Clock;
import java.time.Instant;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * The two clocks of a tracker: one gives events their time, the other measures durations.
 *
 * @param clock gives events their time
 * @param nanos measures time, in nanoseconds; never goes back
 */
record EngineTime(Clock clock, LongSupplier nanos) {

	/**
	 * Creates the clocks that an application configured.
	 * @param scheduler measures durations; {@code null} for the system
	 */
	static EngineTime of(Clock clock, @Nullable Scheduler scheduler) {
		return new EngineTime(clock, (scheduler != null) ? SchedulerTime.of(scheduler) : System::nanoTime);
	}

	long now() {
		return this.nanos.getAsLong();
	}

	Instant instant() {
		return this.clock.instant();
	}

}
