package io.progress.sse.engine;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import io.progress.sse.JobCancelledException;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressReporter;
import io.progress.sse.ReactiveProgress;
import io.progress.sse.event.Progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CountingTests {

	@RegisterExtension
	final TestTracker test = new TestTracker();

	private ProgressJob job;

	@Nested
	class ALoop {

		@Test
		void overACollectionKnowsItsTotal() {
			for (String item : begin().each(List.of("a", "b", "c"))) {
				assertThat(item).isNotEmpty();
			}
			assertThat(progress().completed()).isEqualTo(3);
			assertThat(progress().total()).isEqualTo(3);
		}

		@Test
		void countsAnElementWhenItAsksForTheNext() {
			Iterator<String> items = begin().each(List.of("a", "b")).iterator();
			items.next();
			assertThat(progress().completed()).isZero();
			assertThat(items.hasNext()).isTrue();
			assertThat(items.hasNext()).isTrue();
			assertThat(progress().completed()).isEqualTo(1);
			items.next();
			assertThat(items.hasNext()).isFalse();
			assertThat(progress().completed()).isEqualTo(2);
		}

		@Test
		void doesNotCountTheElementAtWhichItBreaksOff() {
			for (String item : begin().each(List.of("a", "b", "c"))) {
				if (item.equals("b")) {
					break;
				}
			}
			assertThat(progress().completed()).isEqualTo(1);
		}

		@Test
		void overAnIterableOfUnknownSizeHasNoFraction() {
			Iterable<Integer> items = () -> IntStream.range(0, 7).iterator();
			for (int item : begin().each(items, 0)) {
				assertThat(item).isNotNegative();
			}
			assertThat(progress().completed()).isEqualTo(7);
			assertThat(progress().fraction()).isNull();
		}

		@Test
		void mayRemoveElements() {
			List<String> items = new ArrayList<>(List.of("a", "b"));
			Iterator<String> each = begin().each(items).iterator();
			each.next();
			each.remove();
			assertThat(items).containsExactly("b");
		}

		@Test
		void stopsWhenItIsCancelled() {
			Iterator<String> items = begin().each(List.of("a", "b")).iterator();
			items.next();
			job.cancel();
			assertThat(items.hasNext()).isTrue();
			assertThatExceptionOfType(JobCancelledException.class).isThrownBy(items::next);
			assertThat(progress().completed()).isEqualTo(1);
		}

	}

	@Nested
	class AStream {

		@Test
		void ofKnownSizeKnowsItsTotal() {
			assertThat(begin().each(List.of(1, 2, 3).stream()).mapToInt(Integer::intValue).sum()).isEqualTo(6);
			assertThat(progress().completed()).isEqualTo(3);
			assertThat(progress().total()).isEqualTo(3);
		}

		@Test
		void ofUnknownSizeHasNoFraction() {
			assertThat(begin().each(Stream.of(1, 2, 3, 4).filter((i) -> i > 1))).hasSize(3);
			assertThat(progress().completed()).isEqualTo(3);
			assertThat(progress().total()).isNull();
		}

		@Test
		void inParallelCountsEachElementOnce() {
			List<Integer> items = IntStream.range(0, 20_000).boxed().toList();
			Stream<Integer> stream = begin().each(items.parallelStream());
			assertThat(stream.isParallel()).isTrue();
			assertThat(stream.map((i) -> i + 1).toList()).hasSize(20_000);
			assertThat(progress().completed()).isEqualTo(20_000);
			assertThat(progress().fraction()).isEqualTo(1);
		}

		@Test
		void closesWhatItWraps() {
			AtomicBoolean closed = new AtomicBoolean();
			begin().each(Stream.of(1).onClose(() -> closed.set(true))).close();
			assertThat(closed).isTrue();
		}

		@Test
		void stopsWhenItIsCancelled() {
			Stream<Integer> stream = begin().each(Stream.iterate(1, (i) -> i + 1));
			assertThatExceptionOfType(JobCancelledException.class)
				.isThrownBy(() -> stream.forEach((i) -> cancelAt(i, 5)));
			assertThat(progress().completed()).isEqualTo(5);
		}

	}

	@Nested
	class AnInputStream {

		private final byte[] bytes = new byte[1000];

		@Test
		void countsBytesHoweverTheyAreRead() throws IOException {
			InputStream in = wrap();
			assertThat(in.read()).isZero();
			assertThat(in.read(new byte[9])).isEqualTo(9);
			assertThat(in.read(new byte[100], 5, 40)).isEqualTo(40);
			assertThat(in.skip(50)).isEqualTo(50);
			assertThat(in.readNBytes(100)).hasSize(100);
			in.skipNBytes(100);
			assertThat(progress().completed()).isEqualTo(300);
			ByteArrayOutputStream out = new ByteArrayOutputStream();
			assertThat(in.transferTo(out)).isEqualTo(700);
			assertThat(in.read()).isNegative();
			assertThat(in.read(new byte[10])).isNegative();
			assertThat(in.skip(10)).isZero();
			assertThat(progress().completed()).isEqualTo(1000);
			assertThat(progress().fraction()).isEqualTo(1);
		}

		@Test
		void countsBytesOnceThatAreReadTwice() throws IOException {
			InputStream in = wrap();
			in.skipNBytes(100);
			in.mark(1000);
			in.skipNBytes(300);
			in.reset();
			assertThat(progress().completed()).isEqualTo(400);
			in.skipNBytes(200);
			assertThat(progress().completed()).isEqualTo(400);
			in.skipNBytes(200);
			assertThat(progress().completed()).isEqualTo(500);
		}

		@Test
		void ofUnknownLengthHasNoFraction() throws IOException {
			begin().wrap(new ByteArrayInputStream(this.bytes), 0).readAllBytes();
			assertThat(progress().completed()).isEqualTo(1000);
			assertThat(progress().fraction()).isNull();
		}

		@Test
		void stopsWhenItIsCancelled() {
			InputStream in = wrap();
			job.cancel();
			assertThatExceptionOfType(JobCancelledException.class).isThrownBy(in::read);
			assertThatExceptionOfType(JobCancelledException.class).isThrownBy(() -> in.read(new byte[1]));
			assertThatExceptionOfType(JobCancelledException.class).isThrownBy(() -> in.skip(1));
		}

		private InputStream wrap() {
			return begin().wrap(new ByteArrayInputStream(this.bytes), this.bytes.length);
		}

	}

	@Nested
	class AFlux {

		@Test
		void countsElementsAsTheyPass() {
			StepVerifier.create(Flux.range(0, 5).transform(ReactiveProgress.counting(begin(), 10)))
				.expectNextCount(5)
				.expectComplete()
				.verify(Duration.ofSeconds(5));
			assertThat(progress().completed()).isEqualTo(5);
			assertThat(progress().fraction()).isEqualTo(0.5);
		}

		@Test
		void stopsWhenItIsCancelled() {
			StepVerifier.create(
					Flux.range(1, 10).transform(ReactiveProgress.counting(begin(), 0)).doOnNext((i) -> cancelAt(i, 3)))
				.expectNext(1, 2, 3)
				.expectError(JobCancelledException.class)
				.verify(Duration.ofSeconds(5));
			assertThat(progress().completed()).isEqualTo(3);
		}

	}

	@Nested
	class OutsideAJob {

		@Test
		void allElementsPassUnchanged() throws IOException {
			ProgressReporter noop = ProgressReporter.noop();
			assertThat(noop.each(List.of(1, 2))).containsExactly(1, 2);
			assertThat(noop.each(Stream.of(1, 2))).containsExactly(1, 2);
			assertThat(noop.wrap(new ByteArrayInputStream(new byte[3]), 3).readAllBytes()).hasSize(3);
		}

	}

	private ProgressReporter begin() {
		this.job = this.test.running();
		return this.job.reporter();
	}

	private void cancelAt(int element, int at) {
		if (element == at) {
			this.job.cancel();
		}
	}

	private Progress progress() {
		this.test.tick();
		return this.test.last(this.job).progress();
	}

}
