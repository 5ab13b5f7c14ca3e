package io.progress.sse.engine;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;

import io.progress.sse.JobIdGenerator;
import io.progress.sse.event.JobId;

/**
 * Random UUIDs of version 7 (RFC 9562, section 5.7): 74 random bits, so that they cannot
 * be guessed, behind 48 bits of time, so that logs and keys sort.
 */
final class TimeOrderedJobIds implements JobIdGenerator {

	private final SecureRandom random = new SecureRandom();

	private final Clock clock;

	TimeOrderedJobIds(Clock clock) {
		this.clock = clock;
	}

	@Override
	public JobId generate() {
		long high = (this.clock.millis() << 16) | 0x7000 | (this.random.nextLong() & 0x0fff);
		long low = 0x8000000000000000L | (this.random.nextLong() >>> 2);
		return JobId.of(new UUID(high, low).toString());
	}

}
