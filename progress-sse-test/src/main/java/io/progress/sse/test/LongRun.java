package io.progress.sse.test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.EventKind;
import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.EventId;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.StoredEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Writes many more events than a store keeps, ticks and milestones at random, and reads
 * pages from random positions to the end.
 */
final class LongRun {

	private static final int BATCHES = 120;

	/** The number of newest events that the store has to keep. */
	private static final int KEPT = 10;

	private final TestJob job;

	private final Random random;

	private final String description;

	private final List<ProgressEvent> events = new ArrayList<>();

	/** Contains only events whose append was answered. */
	private final List<EventId> ids = new ArrayList<>();

	LongRun(TestJob job, long seed) {
		this.job = job;
		this.random = new Random(seed);
		this.description = "-D" + StoreContract.SEED_PROPERTY + "=" + seed;
	}

	void run() {
		for (int i = 1; i <= BATCHES; i++) {
			List<ProgressEvent> batch = batch();
			this.events.addAll(batch);
			EventId latest = this.job.append(batch).latest();
			if (latest != null) {
				this.ids.add(latest);
			}
			if (i % 10 == 0) {
				follow(null);
				follow(this.ids.get(this.random.nextInt(this.ids.size())));
			}
		}
	}

	/** Mostly ticks, and sometimes many milestones at once. */
	private List<ProgressEvent> batch() {
		int ticks = this.random.nextInt(12) - 2;
		List<ProgressEvent> batch = new ArrayList<>();
		for (int i = this.random.nextInt(8); i >= 0; i--) {
			String message = String.valueOf(this.events.size() + batch.size() + 1);
			batch.add((this.random.nextInt(10) < ticks) ? this.job.tickEvent(message)
					: this.job.event(JobState.RUNNING, message));
		}
		return batch;
	}

	private void follow(@Nullable EventId start) {
		int limit = Arrays.asList(1, 2, 7, TestJob.ALL).get(this.random.nextInt(4));
		EventId cursor = start;
		EventPage page = this.job.page(start, limit);
		List<StoredEvent> seen = new ArrayList<>();
		while (!page.events().isEmpty()) {
			assertThat(page.events()).as(this.description).hasSizeLessThanOrEqualTo(limit);
			seen.addAll(page.events());
			cursor = page.events().get(page.events().size() - 1).id();
			page = this.job.page(cursor, limit);
		}
		assertThat(page.stale()).as("page after %s, %s", cursor, this.description).isFalse();
		assertThat(page.latest().id()).as(this.description).isEqualTo(cursor);
		check(seen, (start != null) ? (int) start.n() : 0);
	}

	private void check(List<StoredEvent> seen, int from) {
		int next = from;
		EventId last = null;
		for (StoredEvent each : seen) {
			int n = (int) each.id().n();
			assertThat(each.event()).as("event %s, %s", each.id(), this.description).isEqualTo(this.events.get(n - 1));
			for (ProgressEvent skipped : this.events.subList(next, n - 1)) {
				assertThat(skipped.kind()).as("kind of what is missing before %s, %s", each.id(), this.description)
					.isEqualTo(EventKind.TICK);
			}
			assertThat(n - 1 == next || n <= this.events.size() - KEPT + 1)
				.as("%s is among the newest, %s", each.id(), this.description)
				.isTrue();
			assertThat(last == null || last.compareTo(each.id()) < 0).as(this.description).isTrue();
			last = each.id();
			next = n;
		}
	}

}
