package io.progress.sse.test;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.JobState;
import io.progress.sse.store.JobQuery;
import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.store.memory.InMemoryProgressEventStore;

import static org.assertj.core.api.Assertions.assertThat;

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

	@Test
	void takesOutAJobThatMadeRoom() {
		InMemoryProgressEventStore store = InMemoryProgressEventStore.builder().clock(this.clock).maxJobs(2).build();
		JobId ended = append(store, "ended", JobState.DONE);
		JobId running = append(store, "running", JobState.RUNNING);
		assertThat(IndexWalk.ids(store, JobQuery.of(null, 10))).containsExactly(running, ended);
		JobId next = append(store, "next", JobState.RUNNING);
		assertThat(IndexWalk.ids(store, JobQuery.of(null, 10))).containsExactly(running, next);
	}

	@Test
	void countsJobsThatLeaveAFullList() {
		InMemoryProgressEventStore store = InMemoryProgressEventStore.builder()
			.clock(this.clock)
			.jobsPerOwner(3)
			.build();
		for (int i = 0; i < 5; i++) {
			append(store, "job-" + i, JobState.RUNNING);
		}
		assertThat(store.unlistedJobs()).isEqualTo(2);
		assertThat(IndexWalk.ids(store, JobQuery.of(null, 10))).hasSize(5);
		assertThat(IndexWalk.ids(store, JobQuery.of("alice", 10))).hasSize(3);
	}

	private static JobId append(InMemoryProgressEventStore store, String id, JobState state) {
		JobInfo info = new JobInfo(JobId.of(id), "listed", "alice", null, Instant.EPOCH);
		new TestJob(store, info, 1).end(state);
		return info.id();
	}

}
