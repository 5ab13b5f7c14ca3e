package io.progress.sse.support;

import java.time.Clock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * A clock that measures ages in milliseconds and never goes back. It begins with the time
 * of the given clock and ignores it when it is set back. The system clock is read only
 * once; after that {@code System.nanoTime()} is used.
 */
public final class SteadyTime implements LongSupplier {

	private static final long NANOS_PER_MILLI = 1_000_000;

	private final ReentrantLock lock = new ReentrantLock();

	private final Clock clock;

	private long seen;

	private long time;

	private SteadyTime(Clock clock) {
		this.clock = clock;
		this.seen = clock.millis();
		this.time = this.seen;
	}

	public static LongSupplier of(Clock clock) {
		if (!clock.equals(Clock.system(clock.getZone()))) {
			return new SteadyTime(clock);
		}
		long begin = clock.millis();
		long nanos = System.nanoTime();
		return () -> begin + (System.nanoTime() - nanos) / NANOS_PER_MILLI;
	}

	@Override
	public long getAsLong() {
		this.lock.lock();
		try {
			long now = this.clock.millis();
			this.time += Math.max(0, now - this.seen);
			this.seen = now;
			return this.time;
		}
		finally {
			this.lock.unlock();
		}
	}

}
