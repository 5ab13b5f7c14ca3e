package io.progress.sse.store.memory;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.progress.sse.event.EventKind;
import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.store.AppendMode;
import io.progress.sse.store.AppendResult.Status;
import io.progress.sse.store.EventBatch;
import io.progress.sse.store.WriterToken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Memory ends while a batch is stored there, and the batch is tried again.
 */
class ShortMemoryTests {

	private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

	private static final JobInfo JOB = new JobInfo(JobId.of("short"), "short", null, null, NOW);

	private static final WriterToken WRITER = WriterToken.of(1);

	private final InMemoryProgressEventStore store = InMemoryProgressEventStore.builder().eventsPerJob(2).build();

	/** Comes first where events are compared, and that fails so often. */
	private int failures;

	@Test
	void leavesNothingOfAJobThatWasNotThere() {
		EventBatch batch = batch(1, "1", "2", "3");
		this.failures = 1;
		assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> append(batch));
		assertThat(this.store.read(JOB.id(), null, 10).blockOptional()).isEmpty();
		assertThat(this.store.jobs()).isZero();
		assertThat(append(batch)).isEqualTo(Status.STORED);
		assertThat(messages()).containsExactly("1", "2", "3");
		assertThat(this.store.jobs()).isOne();
	}

	/** Where only old events wait to be dropped, the append does not fail. */
	@Test
	void goesOnWhereABatchHasStopped() {
		append(batch(1, "1"));
		int failed = 0;
		for (int first = 2; first < 300; first += 3) {
			EventBatch batch = batch(first, "" + first, "" + (first + 1), "" + (first + 2));
			this.failures = 1;
			try {
				append(batch);
			}
			catch (OutOfMemoryError expected) {
				failed++;
				List<String> stored = messages();
				assertThat(stored).hasSizeBetween(first - 1, first).last().isEqualTo("" + stored.size());
			}
			assertThat(append(batch)).isEqualTo(Status.STORED);
		}
		assertThat(failed).isPositive();
		assertThat(messages())
			.containsExactlyElementsOf(IntStream.rangeClosed(1, 301).mapToObj(String::valueOf).toList());
	}

	private Status append(EventBatch batch) {
		return Objects.requireNonNull(this.store.append(batch).block()).status();
	}

	private List<String> messages() {
		return Objects.requireNonNull(this.store.read(JOB.id(), null, 1_000).block())
			.events()
			.stream()
			.map((each) -> Objects.requireNonNull(each.event().message()))
			.toList();
	}

	private EventBatch batch(long first, String... messages) {
		return new EventBatch(JOB, WRITER, first, Stream.of(messages).map(this::event).toList(),
				(first == 1) ? AppendMode.CREATE : AppendMode.CONTINUE);
	}

	private ProgressEvent event(String message) {
		return ProgressEvent.builder(JOB, JobState.RUNNING, NOW)
			.kind(EventKind.MILESTONE)
			.message(message)
			.data(Map.of("key", new Costly()))
			.build();
	}

	private final class Costly {

		@Override
		public boolean equals(Object other) {
			if (ShortMemoryTests.this.failures > 0) {
				ShortMemoryTests.this.failures--;
				throw new OutOfMemoryError("simulated");
			}
			return other == this;
		}

		@Override
		public int hashCode() {
			return 1;
		}

	}

}
