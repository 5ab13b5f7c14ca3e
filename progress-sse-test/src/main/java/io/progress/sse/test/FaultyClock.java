package io.progress.sse.test;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

import reactor.core.scheduler.Schedulers;

/**
 * A clock that jumps and throws at random; on the ticker's thread it throws every other
 * time.
 */
final class FaultyClock extends Clock {

	private final Clock clock = new JumpingClock();

	private final ForeignFaults faults;

	FaultyClock(ForeignFaults faults) {
		this.faults = faults;
	}

	@Override
	public Instant instant() {
		if (Schedulers.isInNonBlockingThread()) {
			this.faults.maybe("clock of the ticker", 2);
		}
		else {
			this.faults.maybe("clock", 100);
		}
		return this.clock.instant();
	}

	@Override
	public ZoneId getZone() {
		return this.clock.getZone();
	}

	@Override
	public Clock withZone(ZoneId zone) {
		return this;
	}

}
