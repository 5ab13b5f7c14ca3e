package io.progress.sse.engine;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.progress.sse.BatchProgress;
import io.progress.sse.ProgressException;
import io.progress.sse.ProgressJob;
import io.progress.sse.event.JobState;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BatchTests {

	@RegisterExtension
	final TestTracker test = new TestTracker();

	private ProgressJob job;

	@Test
	void saysItsTotalsFromTheBeginning() {
		begin(4);
		this.test.tick();
		assertThat(data()).containsExactly(Map.entry("total_items", 4L), Map.entry("completed_items", 0L),
				Map.entry("failed_items", 0L), Map.entry("skipped_items", 0L));
	}

	@Test
	void countsByHowItemsEndAndMovesTheBar() {
		BatchProgress batch = begin(8);
		batch.succeeded();
		batch.succeeded();
		batch.failed("a.png", "not a picture");
		batch.skipped();
		this.test.tick();
		assertThat(data()).containsEntry("completed_items", 4L)
			.containsEntry("failed_items", 1L)
			.containsEntry("skipped_items", 1L)
			.containsEntry("failures", List.of(Map.of("item", "a.png", "reason", "not a picture")));
		assertThat(this.test.last(this.job).progress().fraction()).isEqualTo(0.5);
	}

	@Test
	void namesTheFirstTwentyFailuresInShort() {
		BatchProgress batch = begin(100);
		for (int i = 0; i < 100; i++) {
			batch.failed("item " + i + "x".repeat(1000), "y".repeat(1000));
		}
		this.test.tick();
		assertThat((List<?>) data().get("failures")).hasSize(20)
			.allSatisfy((failure) -> assertThat(((Map<?, ?>) failure).values())
				.allMatch((text) -> text.toString().length() <= 200));
		assertThat(data()).containsEntry("failed_items", 100L);
	}

	@Test
	void doesNotFailTheJob() {
		begin(1).failed("a", "b");
		this.job.done();
		assertThat(this.test.last(this.job).state()).isEqualTo(JobState.DONE);
		assertThat(data()).containsEntry("failed_items", 1L);
	}

	@Test
	void failsTheJobIfAskedTo() {
		BatchProgress batch = begin(2);
		assertThatCode(batch::failIfAny).doesNotThrowAnyException();
		batch.failed("a", "b");
		assertThatExceptionOfType(ProgressException.class).isThrownBy(batch::failIfAny)
			.withMessage("1 of 2 items failed")
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo("items-failed"));
	}

	@Test
	void isExactWithManyWorkers() {
		BatchProgress batch = begin(30_000);
		IntStream.range(0, 30_000).parallel().forEach((i) -> {
			switch (i % 3) {
				case 0 -> batch.succeeded();
				case 1 -> batch.failed("a", "b");
				default -> batch.skipped();
			}
		});
		this.job.done();
		assertThat(data()).containsEntry("completed_items", 30_000L)
			.containsEntry("failed_items", 10_000L)
			.containsEntry("skipped_items", 10_000L);
		assertThat(this.test.last(this.job).progress().completed()).isEqualTo(30_000);
	}

	private BatchProgress begin(long total) {
		this.job = this.test.running();
		return this.job.reporter().batch(total);
	}

	private Map<String, Object> data() {
		return this.test.last(this.job).data();
	}

}
