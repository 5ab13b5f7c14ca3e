package io.progress.sse.test;

import java.time.Duration;

import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.store.memory.InMemoryProgressEventStore;

class InMemoryJobIndexTests extends JobIndexContract {

	private final MutableClock clock = new MutableClock();

	@Override
	protected ProgressEventStore createStore(int jobsPerOwner, Duration resultRetention) {
		return InMemoryProgressEventStore.builder()
			.clock(this.clock)
			.jobsPerOwner(jobsPerOwner)
			.eventRetention(resultRetention)
			.resultRetention(resultRetention)
			.build();
	}

	@Override
	protected void passTime(Duration duration) {
		this.clock.advance(duration);
	}

}
