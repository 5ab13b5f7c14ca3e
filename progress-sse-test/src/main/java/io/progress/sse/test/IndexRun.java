package io.progress.sse.test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.JobState;
import io.progress.sse.store.AppendMode;
import io.progress.sse.store.JobIndex;
import io.progress.sse.store.JobQuery;
import io.progress.sse.store.ProgressEventStore;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Does random things to the jobs of several owners and compares random lists with a
 * simple model: the jobs, sorted and filtered.
 */
final class IndexRun {

	private static final int STEPS = 300;

	/** Of which no owner has as many as are listed. */
	private static final int MOST_JOBS = 60;

	private static final Comparator<JobInfo> NEWEST_FIRST = Comparator.comparing(JobInfo::createdAt)
		.thenComparing(JobInfo::id)
		.reversed();

	private final Map<JobId, Model> model = new HashMap<>();

	private final ProgressEventStore store;

	private final JobIndex index;

	private final String run;

	private final Random random;

	private final String description;

	private final List<@Nullable String> owners;

	private final List<String> names;

	private int step;

	IndexRun(ProgressEventStore store, JobIndex index, String run, long seed) {
		this.store = store;
		this.index = index;
		this.run = run;
		this.random = new Random(seed);
		this.description = "-D" + ProgressEventStoreContract.SEED_PROPERTY + "=" + seed;
		this.owners = Arrays.asList("a-" + run, "b-" + run, "a-" + run + " ", null);
		this.names = List.of("x-" + run, "y-" + run);
	}

	void run() {
		for (this.step = 1; this.step <= STEPS; this.step++) {
			List<Model> jobs = List.copyOf(this.model.values());
			if (jobs.size() < 3) {
				begin(jobs);
			}
			else {
				act(jobs);
			}
			list(List.copyOf(this.model.values()));
		}
	}

	private void act(List<Model> jobs) {
		Model job = any(jobs);
		int dice = this.random.nextInt(100);
		if (jobs.size() >= MOST_JOBS || dice < 10) {
			job.writer.delete();
			this.model.remove(job.writer.id());
		}
		else if (dice < 50) {
			begin(jobs);
		}
		else if (dice < 60) {
			replace(job);
		}
		else if (!job.state.isTerminal()) {
			job.state = any(List.of(JobState.QUEUED, JobState.RUNNING, JobState.LOST, JobState.DONE, JobState.FAILED,
					JobState.CANCELLED));
			job.writer.end(job.state);
		}
	}

	private void begin(List<Model> jobs) {
		JobId parent = (jobs.isEmpty() || this.random.nextBoolean()) ? null : any(jobs).writer.id();
		add(info(JobId.of("job-" + this.random.nextLong(Long.MAX_VALUE) + "-" + this.run), parent), AppendMode.CREATE);
	}

	private void replace(Model job) {
		add(info(job.writer.id(), job.writer.info().parent()), AppendMode.REPLACE);
	}

	private JobInfo info(JobId id, @Nullable JobId parent) {
		// Often the same moment.
		return new JobInfo(id, any(this.names), any(this.owners), parent,
				Instant.ofEpochMilli(1_800_000_000_000L + this.random.nextInt(30)));
	}

	private void add(JobInfo info, AppendMode mode) {
		TestJob writer = new TestJob(this.store, info, this.step);
		writer.append(mode, "begun");
		this.model.put(info.id(), new Model(writer));
	}

	private void list(List<Model> jobs) {
		String owner = any(this.owners);
		JobId parent = (this.random.nextInt(3) > 0) ? null : any(jobs).writer.info().parent();
		// Other jobs may be in the store, which have other names.
		String name = (owner == null || this.random.nextBoolean()) ? any(this.names) : null;
		Set<JobState> states = any(List.of(Set.of(), Set.of(JobState.RUNNING, JobState.QUEUED, JobState.LOST),
				Set.of(JobState.RUNNING), Set.of(JobState.DONE, JobState.LOST)));
		JobQuery query = new JobQuery(owner, parent, states, name, 1 + this.random.nextInt(20), null);
		List<JobInfo> expected = jobs.stream()
			.filter((job) -> query.selects(job.writer.info(), job.writer.event(job.state, "")))
			.map((job) -> job.writer.info())
			.sorted(NEWEST_FIRST)
			.toList();
		assertThat(IndexWalk.all(this.index, query)).as("%s in step %s of %s", query, this.step, this.description)
			.extracting((listed) -> listed.job())
			.isEqualTo(expected);
	}

	private <T extends @Nullable Object> T any(List<T> choices) {
		return choices.get(this.random.nextInt(choices.size()));
	}

	private static final class Model {

		private final TestJob writer;

		private JobState state = JobState.RUNNING;

		private Model(TestJob writer) {
			this.writer = writer;
		}

	}

}
