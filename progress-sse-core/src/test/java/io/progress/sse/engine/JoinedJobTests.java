package io.progress.sse.engine;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.progress.sse.DuplicateJobException;
import io.progress.sse.DuplicateJobs;
import io.progress.sse.JobHandle;
import io.progress.sse.JobListener;
import io.progress.sse.JobSpec;
import io.progress.sse.ProgressTracker;
import io.progress.sse.RequestContext;
import io.progress.sse.Scope;
import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.store.memory.InMemoryProgressEventStore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A job that is started again while it runs, and a job that belongs to another.
 */
class JoinedJobTests {

	private static final JobSpec JOIN = JobSpec.named("export")
		.withId(JobId.of("export-1"))
		.withOwner("ada")
		.onDuplicate(DuplicateJobs.JOIN);

	private final List<JobInfo> started = new ArrayList<>();

	private final ProgressTracker tracker = ProgressTrackerBuilder
		.forStore(InMemoryProgressEventStore.builder().build())
		.listener(new JobListener() {
			@Override
			public void started(JobInfo job) {
				JoinedJobTests.this.started.add(job);
			}
		})
		.build();

	@AfterEach
	void close() {
		this.tracker.close();
	}

	@Test
	void isNotAdmittedAgain() {
		assertThat(this.tracker.openOrJoin(JOIN)).isPresent();
		assertThat(this.tracker.openOrJoin(JOIN)).isEmpty();
		assertThat(this.started).hasSize(1);
	}

	@Test
	void isToldToTheRequestThatJoins() {
		this.tracker.open(JOIN);
		List<JobHandle> told = new ArrayList<>();
		Scope scope = new RequestContext(null, "ada", told::add).activate();
		this.tracker.openOrJoin(JOIN);
		this.tracker.start(JOIN, (progress) -> null);
		scope.close();
		assertThat(told).extracting(JobHandle::id).containsExactly(JobId.of("export-1"), JobId.of("export-1"));
	}

	@Test
	void cannotBeJoinedByAnother() {
		this.tracker.open(JOIN);
		assertThatExceptionOfType(DuplicateJobException.class)
			.isThrownBy(() -> this.tracker.openOrJoin(JOIN.withOwner("eve")));
	}

	@Test
	void leavesItsOwnerToItsChildren() {
		this.tracker.open(JOIN);
		this.tracker.open(JobSpec.named("part").withParent(JobId.of("export-1")));
		assertThat(this.started).extracting(JobInfo::owner).containsExactly("ada", "ada");
	}

}
