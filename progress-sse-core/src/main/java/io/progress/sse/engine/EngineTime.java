package io.progress.sse.engine;

import java.time.Clock;
import java.time.Instant;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * The two clocks of a tracker: one dates events, the other measures time between them.
 *
 * @param clock dates events
 * @param nanos measures time, in nanoseconds; never goes back
 */
record EngineTime(Clock clock, LongSupplier nanos) {

	/**
	 * Time as an application configured it.
	 * @param scheduler measures time; {@code null} for the system
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
