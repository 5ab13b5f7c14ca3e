package io.progress.sse.test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;

/** An hour forward, an hour back. */
final class JumpingClock extends Clock {

	private final AtomicInteger calls = new AtomicInteger();

	@Override
	public Instant instant() {
		return Instant.now().plus(Duration.ofHours(this.calls.incrementAndGet() / 1000 % 3 - 1));
	}

	@Override
	public ZoneId getZone() {
		return ZoneOffset.UTC;
	}

	@Override
	public Clock withZone(ZoneId zone) {
		return this;
	}

}
