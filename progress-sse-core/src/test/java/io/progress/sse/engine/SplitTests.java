package io.progress.sse.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.progress.sse.Phase;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressReporter;
import io.progress.sse.event.Note;
import io.progress.sse.event.Progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class SplitTests {

	@RegisterExtension
	final TestTracker test = new TestTracker();

	private ProgressJob job;

	@Nested
	class APart {

		@Test
		void fillsItsShareByItsOwnTotals() {
			ProgressReporter progress = begin(100);
			ProgressReporter part = progress.split(30);
			part.report(1, 3);
			assertThat(progress().fraction()).isEqualTo(0.1);
			assertThat(progress().completed()).isEqualTo(10);
			part.fraction(0.5);
			assertThat(progress().completed()).isEqualTo(15);
		}

		@Test
		void countsInFullOnceItIsClosed() {
			ProgressReporter progress = begin(100);
			ProgressReporter part = progress.split(30);
			part.report(1, 3);
			part.close();
			part.close();
			assertThat(progress().completed()).isEqualTo(30);
			assertThat(part.isActive()).isFalse();
		}

		@Test
		void addsToWhatTheWholeCounts() {
			ProgressReporter progress = begin(100);
			progress.advance(20);
			ProgressReporter part = progress.split(30);
			part.fraction(0.5);
			progress.advance(5);
			assertThat(progress().completed()).isEqualTo(40);
		}

		@Test
		void mayHavePartsAndPhasesOfItsOwn() {
			ProgressReporter progress = begin(100);
			ProgressReporter part = progress.split(50);
			part.plan(Phase.of("a"), Phase.of("b"));
			part.phase("b");
			part.total(10);
			ProgressReporter within = part.split(5);
			within.fraction(1);
			assertThat(progress().completed()).isEqualTo(37);
			part.close();
			assertThat(within.isActive()).isFalse();
			assertThat(progress().completed()).isEqualTo(50);
		}

		@Test
		void withoutWeightOnlyReportsMessages() {
			ProgressReporter progress = begin(100);
			ProgressReporter part = progress.split(0);
			part.report(3, 4);
			part.message("hello");
			assertThat(progress().completed()).isZero();
			assertThat(test.last(job).message()).isEqualTo("hello");
		}

		@Test
		void reportsNothingAfterItIsClosed() {
			ProgressReporter part = begin(100).split(10);
			part.close();
			part.message("late");
			part.data("late", true);
			part.advance();
			assertThat(progress().completed()).isEqualTo(10);
			assertThat(test.last(job).message()).isNull();
			assertThat(test.last(job).data()).isEmpty();
			assertThat(test.tracker.stats().lateCalls()).isEqualTo(3);
		}

	}

	@Nested
	class PartsThatAreForgotten {

		@Test
		void harmNobodyIfTheyNeverReport() {
			ProgressReporter progress = begin(10);
			progress.split(5);
			progress.advance(5);
			assertThat(progress().fraction()).isEqualTo(0.5);
		}

		@Test
		void harmNobodyIfTheyAreNeverClosed() {
			ProgressReporter progress = begin(10);
			progress.split(5).fraction(0.5);
			job.done();
			assertThat(test.last(job).progress().fraction()).isEqualTo(0.25);
		}

		@Test
		void areClosedWhenThereAreTooMany() {
			ProgressReporter progress = begin(10_000);
			ProgressReporter first = progress.split(1);
			for (int i = 1; i < 5000; i++) {
				progress.split(1);
			}
			assertThat(first.isActive()).isFalse();
			assertThat(progress().completed()).isEqualTo(5000 - 1024);
		}

	}

	@Nested
	class PartsAtTheSameTime {

		@Test
		void addUpExactly() throws Exception {
			ProgressReporter progress = begin(8 * 12);
			ExecutorService workers = Executors.newFixedThreadPool(8);
			CountDownLatch start = new CountDownLatch(1);
			for (int worker = 0; worker < 8; worker++) {
				workers.execute(() -> {
					await(start);
					ProgressReporter part = progress.split(12);
					part.total(3_000);
					for (int i = 0; i < 1_000; i++) {
						part.advance();
						ProgressReporter within = part.split(1);
						within.fraction(0.3);
						within.close();
						part.advance();
					}
				});
			}
			start.countDown();
			workers.shutdown();
			assertThat(workers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
			assertThat(progress().fraction()).isCloseTo(1, within(1e-9));
			assertThat(progress().completed()).isEqualTo(96);
		}

		@Test
		void addUpToAWholeNumberInSpiteOfBrokenWeights() {
			ProgressReporter progress = begin(1);
			List<ProgressReporter> parts = new ArrayList<>();
			for (int i = 0; i < 10; i++) {
				parts.add(progress.split(0.1));
			}
			parts.forEach(ProgressReporter::close);
			assertThat(progress().completed()).isEqualTo(1);
		}

	}

	@Nested
	class ALabel {

		@Test
		void isShownAndQuietensThePart() {
			ProgressReporter part = begin(10).split(5, "page 1");
			part.message("details");
			part.message(() -> "more details");
			part.phase("within");
			part.split(1).message("deep details");
			test.tick();
			assertThat(test.last(job).message()).isEqualTo("page 1");
			assertThat(test.last(job).phase()).isNull();
		}

		@Test
		void doesNotQuietenNotes() {
			ProgressReporter part = begin(10).split(5, "page 1");
			part.note(Note.Level.ERROR, "broken");
			assertThat(test.last(job).note().text()).isEqualTo("broken");
		}

	}

	private ProgressReporter begin(long total) {
		this.job = this.test.running();
		this.job.reporter().total(total);
		return this.job.reporter();
	}

	private Progress progress() {
		this.test.tick();
		return this.test.last(this.job).progress();
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
