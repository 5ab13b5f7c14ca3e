package io.progress.sse.test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.progress.sse.BatchProgress;
import io.progress.sse.JobCancelledException;
import io.progress.sse.Phase;
import io.progress.sse.ProgressException;
import io.progress.sse.ProgressReporter;
import io.progress.sse.event.Note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RecordingProgressReporterTests {

	private final RecordingProgressReporter progress = new RecordingProgressReporter();

	@Test
	void remembersCallsInTheirOrder() {
		this.progress.plan(Phase.of("reading"), Phase.of("rendering", 3));
		this.progress.phase("reading");
		this.progress.total(3);
		this.progress.advance();
		this.progress.advance(2);
		this.progress.message(() -> "3 of 3");
		this.progress.advance();
		assertThat(this.progress.calls()).containsExactly("plan(reading, rendering)", "phase(reading)", "total(3)",
				"advance(3)", "message(3 of 3)", "advance(1)");
		assertThat(this.progress.plan()).extracting(Phase::weight).containsExactly(1.0, 3.0);
		assertThat(this.progress.phases()).containsExactly("reading");
		assertThat(this.progress.messages()).containsExactly("3 of 3");
		assertThat(this.progress.completed()).isEqualTo(4);
		assertThat(this.progress.total()).contains(3L);
	}

	@Test
	void knowsHowFarTheWorkerSaidItWas() {
		assertThat(this.progress.total()).isEmpty();
		assertThat(this.progress.fraction()).isEmpty();
		this.progress.report(3, 12);
		this.progress.unit("pages");
		assertThat(this.progress.completed()).isEqualTo(3);
		assertThat(this.progress.total()).contains(12L);
		assertThat(this.progress.unit()).contains("pages");
		this.progress.remaining(5);
		assertThat(this.progress.total()).contains(8L);
		this.progress.fraction(1.5);
		assertThat(this.progress.fraction()).contains(1.0);
		this.progress.indeterminate();
		assertThat(this.progress.fraction()).isEmpty();
		assertThat(this.progress.total()).isEmpty();
	}

	@Test
	void ignoresNumbersThatCannotBeAsARealJobDoes() {
		this.progress.report(2, 10);
		this.progress.total(-1);
		this.progress.remaining(-1);
		this.progress.report(-1, 20);
		this.progress.report(3, -1);
		this.progress.batch(-1);
		this.progress.advance(-1);
		this.progress.fraction(3 / 0.0);
		this.progress.split(-1).close();
		this.progress.plan();
		this.progress.plan(Phase.of("a"), Phase.of("a"));
		this.progress.plan(Phase.of("a", -1));
		this.progress.plan(Phase.of("a", 0));
		assertThat(this.progress.completed()).isEqualTo(2);
		assertThat(this.progress.total()).contains(10L);
		assertThat(this.progress.fraction()).isEmpty();
		assertThat(this.progress.plan()).isEmpty();
	}

	@Test
	void countsNoFurtherThanTheLargestNumber() {
		this.progress.advance(Long.MAX_VALUE);
		this.progress.advance(Long.MAX_VALUE);
		assertThat(this.progress.completed()).isEqualTo(Long.MAX_VALUE);
		this.progress.remaining(5);
		assertThat(this.progress.total()).contains(Long.MAX_VALUE);
	}

	@Test
	void keepsNotesDataAndResult() {
		this.progress.note(Note.Level.WARNING, "odd");
		this.progress.data("file", "cat.png");
		this.progress.data("gone", 1);
		this.progress.data("gone", null);
		this.progress.result("url", "/cat");
		assertThat(this.progress.notes()).containsExactly(new Note(Note.Level.WARNING, "odd"));
		assertThat(this.progress.data()).hasSize(1).containsEntry("file", "cat.png");
		assertThat(this.progress.result()).hasSize(1).containsEntry("url", "/cat");
	}

	@Test
	void keepsPartsApart() {
		ProgressReporter part = this.progress.split(2, "left");
		part.advance();
		part.close();
		this.progress.split(1);
		assertThat(this.progress.calls()).containsExactly("split(2.0, left)", "split(1.0)");
		assertThat(this.progress.parts()).hasSize(2);
		assertThat(this.progress.parts().get(0).calls()).containsExactly("advance(1)", "close()");
		assertThat(this.progress.parts()).extracting(RecordingProgressReporter::isClosed).containsExactly(true, false);
	}

	@Test
	void countsWhatPassesThroughAWrapper() throws IOException {
		List<String> seen = new ArrayList<>();
		this.progress.each(List.of("a", "b")).forEach(seen::add);
		assertThat(seen).containsExactly("a", "b");
		assertThat(this.progress.calls()).containsExactly("total(2)", "advance(2)");
		assertThat(this.progress.each(IntStream.range(0, 5).boxed()).toList()).hasSize(5);
		this.progress.wrap(new ByteArrayInputStream(new byte[7]), 7).readAllBytes();
		assertThat(this.progress.completed()).isEqualTo(14);
	}

	@Test
	void countsTheItemsOfABatch() {
		BatchProgress batch = this.progress.batch(4);
		batch.succeeded();
		batch.skipped();
		batch.failIfAny();
		batch.failed("cat.png", "no picture");
		RecordingBatch recorded = this.progress.batches().get(0);
		assertThat(recorded.total()).isEqualTo(4);
		assertThat(recorded.succeededItems()).isOne();
		assertThat(recorded.skippedItems()).isOne();
		assertThat(recorded.failedItems()).isOne();
		assertThat(recorded.failures()).hasSize(1).containsEntry("cat.png", "no picture");
		assertThat(this.progress.completed()).isEqualTo(3);
		assertThatExceptionOfType(ProgressException.class).isThrownBy(batch::failIfAny)
			.withMessage("1 of 4 items failed");
	}

	@Test
	void stopsTheWorkerOnceCancelled() throws Exception {
		List<String> heard = new ArrayList<>();
		this.progress.onCancel(() -> heard.add("first"));
		this.progress.onCancel(() -> heard.add("taken back")).close();
		ProgressReporter part = this.progress.split(1);
		part.checkCancelled();
		this.progress.cancel();
		this.progress.cancel();
		this.progress.onCancel(() -> heard.add("late"));
		assertThat(heard).containsExactly("first", "late");
		assertThat(part.isCancelled()).isTrue();
		assertThatExceptionOfType(JobCancelledException.class).isThrownBy(part::checkCancelled);
		assertThatExceptionOfType(JobCancelledException.class).isThrownBy(() -> this.progress.phase("next"));
		assertThatExceptionOfType(JobCancelledException.class).isThrownBy(() -> this.progress.split(1));
		this.progress.advance();
		assertThat(this.progress.completed()).isOne();
	}

	@Test
	void losesNoReportOfManyThreads() {
		IntStream.range(0, 10_000).parallel().forEach((i) -> {
			this.progress.advance();
			this.progress.message("" + i);
		});
		assertThat(this.progress.completed()).isEqualTo(10_000);
		assertThat(this.progress.messages()).hasSize(10_000).doesNotHaveDuplicates();
	}

}
