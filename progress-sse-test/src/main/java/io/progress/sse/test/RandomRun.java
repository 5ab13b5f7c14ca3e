package io.progress.sse.test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.AppendMode;
import io.progress.sse.store.AppendResult;
import io.progress.sse.store.AppendResult.Status;
import io.progress.sse.store.EventBatch;
import io.progress.sse.store.EventId;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.ProgressEventStore;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the same random operations on a store and on the {@link StoreModel} and compares
 * the results.
 */
final class RandomRun {

	private static final int STEPS = 1_500;

	/** So few steps that no job reaches its limit of 100 events before it is deleted. */
	private static final int MAX_EVENTS = 90;

	private final ProgressEventStore store;

	private final StoreModel model = new StoreModel();

	private final Random random;

	private final String description;

	private final Runnable passTime;

	private final List<JobId> jobs;

	private final Map<JobId, List<TestJob>> writers = new HashMap<>();

	private final Map<JobId, List<EventId>> ids = new HashMap<>();

	private int step;

	RandomRun(ProgressEventStore store, String run, long seed, Runnable passTime) {
		this.store = store;
		this.random = new Random(seed);
		this.description = "-D" + StoreContract.SEED_PROPERTY + "=" + seed;
		this.passTime = passTime;
		this.jobs = List.of(JobId.of("random-a-" + run), JobId.of("random-b-" + run), JobId.of("random-c-" + run));
		for (JobId job : this.jobs) {
			this.writers.put(job,
					List.of(new TestJob(store, job, 1), new TestJob(store, job, 2), new TestJob(store, job, 3)));
			this.ids.put(job, new ArrayList<>(List.of(new EventId(0, 0))));
		}
	}

	void run() {
		for (this.step = 1; this.step <= STEPS; this.step++) {
			JobId job = any(this.jobs);
			StoreModel.Run held = this.model.run(job);
			int dice = this.random.nextInt(100);
			if (dice < 2 || (held != null && held.events().size() > MAX_EVENTS)) {
				delete(job);
			}
			else if (dice < 70) {
				append(job);
			}
			else {
				read(job, this.random.nextInt(10));
			}
			read(job, 100);
		}
	}

	private void append(JobId job) {
		// Mostly the lowest writer, because a higher one would fence it for good.
		int dice = this.random.nextInt(100);
		TestJob writer = this.writers.getOrDefault(job, List.of()).get((dice < 90) ? 0 : (dice < 97) ? 1 : 2);
		AppendMode mode = (this.random.nextInt(3) > 0) ? AppendMode.CONTINUE : any(List.of(AppendMode.values()));
		StoreModel.Run held = this.model.run(job);
		EventBatch draft = writer.batch(mode, 1, events(writer));
		long known = (held != null) ? held.known(draft.writer()) : 0;
		long from = switch (mode) {
			case CREATE, REPLACE -> 1;
			case CONTINUE, RESTORE -> Math.max(1, known + 1 + any(List.of(0, 0, 0, 0, 1, 2, -1, -3)));
		};
		EventBatch batch = writer.batch(mode, from, draft.events());
		Status expected = this.model.append(batch);
		AppendResult result = writer.send(batch);
		StoreModel.Run now = this.model.run(job);
		assertThat(result.status()).as(describe("append " + mode + " from " + from)).isEqualTo(expected);
		assertThat(result.knownSequence()).as(describe("known sequence"))
			.isEqualTo((now != null) ? now.known(batch.writer()) : 0);
		if (result.latest() != null) {
			this.ids.getOrDefault(job, List.of()).add(result.latest());
		}
	}

	private void delete(JobId job) {
		boolean expected = this.model.delete(job);
		assertThat(this.store.delete(job).block(TestJob.PATIENCE)).as(describe("delete")).isEqualTo(expected);
		this.passTime.run();
	}

	private void read(JobId job, int limit) {
		EventId cursor = (limit == 100) ? null : any(this.ids.getOrDefault(job, List.of()));
		EventPage page = this.store.read(job, cursor, limit).block(TestJob.PATIENCE);
		StoreModel.Run held = this.model.run(job);
		if (page == null || held == null) {
			assertThat(page == null).as(describe("job unknown")).isEqualTo(held == null);
			return;
		}
		List<ProgressEvent> expected = held.events();
		assertThat(page.latest().event()).as(describe("latest")).isEqualTo(expected.get(expected.size() - 1));
		assertThat(page.latest().id().n()).as(describe("latest")).isEqualTo(expected.size());
		if (!page.stale()) {
			int from = (cursor != null) ? (int) cursor.n() : 0;
			int to = Math.min(expected.size(), from + limit);
			assertThat(page.events()).as(describe("events after " + cursor))
				.extracting((event) -> event.event())
				.isEqualTo(expected.subList(from, to));
			assertThat(page.events()).as(describe("ids after " + cursor))
				.isSortedAccordingTo((a, b) -> a.id().compareTo(b.id()));
		}
		else {
			assertThat(cursor).as(describe("stale page without cursor")).isNotNull();
			List<EventId> stored = TestJob.await(this.store.read(job, null, 100))
				.events()
				.stream()
				.map((event) -> event.id())
				.toList();
			assertThat(stored).as(describe("stale cursor")).doesNotContain(cursor);
		}
	}

	private List<ProgressEvent> events(TestJob writer) {
		List<ProgressEvent> events = new ArrayList<>();
		int size = 1 + this.random.nextInt(4);
		for (int i = 1; i <= size; i++) {
			boolean last = i == size && this.random.nextInt(40) == 0;
			events.add(writer.event(last ? JobState.DONE : JobState.RUNNING, this.step + "." + i));
		}
		return events;
	}

	private String describe(String what) {
		return what + " in step " + this.step + " of " + this.description;
	}

	private <T extends @Nullable Object> T any(List<T> choices) {
		return choices.get(this.random.nextInt(choices.size()));
	}

}
