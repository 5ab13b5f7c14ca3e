package io.progress.sse.engine;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressReporter;
import io.progress.sse.event.JobState;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class JobDataTests {

	@RegisterExtension
	final TestTracker test = new TestTracker((settings) -> settings.dataMapper(JobDataTests::map));

	private ProgressJob job;

	@Nested
	class Data {

		@Test
		void isJoinedByKeyAndTheLastValueStays() {
			ProgressReporter progress = begin();
			progress.data("file", "a.png");
			progress.data("size", 3);
			progress.data("file", "b.png");
			assertThat(data()).containsExactly(Map.entry("file", "b.png"), Map.entry("size", 3));
		}

		@Test
		void isTakenBackByNull() {
			ProgressReporter progress = begin();
			progress.data("file", "a.png");
			progress.data("file", null);
			assertThat(data()).isEmpty();
		}

		@Test
		void isOnEveryEventUntilTheEnd() {
			begin().data("file", "a.png");
			test.tick();
			job.done();
			assertThat(test.last(job).data()).containsEntry("file", "a.png");
		}

		@Test
		void isWhatItWasWhenItWasSaid() {
			ProgressReporter progress = begin();
			List<String> files = new ArrayList<>(List.of("a"));
			progress.data("files", files);
			files.add("b");
			assertThat(data()).containsEntry("files", List.of("a"));
		}

		@Test
		void cannotBeChangedByThoseWhoSeeIt() {
			begin().data("map", new LinkedHashMap<>(Map.of("list", new ArrayList<>(List.of(1)))));
			Map<?, ?> map = (Map<?, ?>) data().get("map");
			assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(map::clear);
			assertThatExceptionOfType(UnsupportedOperationException.class)
				.isThrownBy(((List<?>) map.get("list"))::clear);
		}

		@Test
		void holdsNoHalfCharacters() {
			begin().data("a\uD83D", Map.of("b\uDE00", "c\uD83D"));
			assertThat(data()).isEqualTo(Map.of("a\uFFFD", Map.of("b\uFFFD", "c\uFFFD")));
		}

	}

	@Nested
	class AValueThatIsRefused {

		@Test
		void isNamedAndTheOthersStay() {
			ProgressReporter progress = begin();
			progress.data("good", 1);
			progress.data("bad", new Object());
			assertThat(data()).containsEntry("good", 1).containsEntry("refused", List.of("bad"));
			assertThat(job.state()).isEqualTo(JobState.RUNNING);
		}

		@Test
		void isOneThatTheMapperFailsAt() {
			ProgressReporter progress = begin();
			progress.data("exception", Failing.WITH_EXCEPTION);
			progress.data("error", Failing.WITH_ERROR);
			assertThat(data()).isEqualTo(Map.of("refused", List.of("error", "exception")));
		}

		@Test
		void isOneThatIsNoNumber() {
			begin().data("nan", Double.NaN);
			assertThat(data()).isEqualTo(Map.of("refused", List.of("nan")));
		}

		@Test
		void isANumberTooLongForReaders() {
			ProgressReporter progress = begin();
			progress.data("long", BigInteger.TEN.pow(1000));
			progress.data("fits", BigInteger.TEN.pow(999));
			assertThat(data()).containsOnlyKeys("fits", "refused");
		}

		@Test
		void isOneWithWhichThereWouldBeTooMuch() {
			ProgressReporter progress = begin();
			progress.data("a", "x".repeat(10_000));
			progress.data("b", "x".repeat(10_000));
			assertThat(data()).containsOnlyKeys("a", "refused");
			progress.data("a", null);
			progress.data("b", "x".repeat(10_000));
			assertThat(data()).containsOnlyKeys("b", "refused");
		}

		@Test
		void isMeasuredInBytesOfJson() {
			ProgressReporter progress = begin();
			progress.data("wide", "€".repeat(6_000));
			progress.data("escaped", "\u0001".repeat(3_000));
			progress.data("fits", "x".repeat(16_000));
			assertThat(data()).containsOnlyKeys("fits", "refused");
		}

		@Test
		void isOneWithoutAnEnd() {
			ProgressReporter progress = begin();
			List<Object> within = new ArrayList<>();
			within.add(within);
			within.add(within);
			progress.data("endless", within);
			assertThat(data()).containsOnlyKeys("refused");
		}

		@Test
		void leavesTheOneBeforeInItsPlace() {
			ProgressReporter progress = begin();
			progress.data("a", 1);
			progress.data("a", new Object());
			assertThat(data()).containsEntry("a", 1);
		}

		@Test
		void isNamedTwentyTimesAtMost() {
			ProgressReporter progress = begin();
			for (int i = 0; i < 100; i++) {
				progress.data("bad ".repeat(100) + i, new Object());
				progress.data("bad " + i, new Object());
			}
			List<?> refused = (List<?>) data().get("refused");
			assertThat(refused).hasSize(20).allMatch((name) -> name.toString().length() <= 64);
		}

	}

	@Nested
	class AResult {

		@Test
		void goesOutWithTheEndOnly() {
			begin().result("url", "/a.pdf");
			test.tick();
			assertThat(test.last(job).result()).isNull();
			job.done();
			assertThat(test.last(job).result()).isEqualTo(Map.of("url", "/a.pdf"));
		}

		@Test
		void isWhatTheWorkGaveBack() {
			begin();
			job.done(Map.of("url", "/a.pdf"));
			assertThat(test.last(job).result()).isEqualTo(Map.of("url", "/a.pdf"));
		}

		@Test
		void isJoinedWithWhatWasCollected() {
			begin().result("pages", 3);
			job.done(Map.of("url", "/a.pdf", "pages", 4));
			assertThat(test.last(job).result()).isEqualTo(Map.of("url", "/a.pdf", "pages", 3));
		}

		@Test
		void isNotTheWorksToTellWhenItFails() {
			begin().result("pages", 3);
			job.fail(new IllegalStateException("expected"));
			assertThat(test.last(job).result()).isNull();
		}

		@Test
		void thatCannotBeWrittenDoesNotUndoTheWork() {
			begin().result("pages", 3);
			job.done(new Object());
			assertThat(test.last(job).state()).isEqualTo(JobState.DONE);
			assertThat(test.last(job).result()).isEqualTo(Map.of("pages", 3));
			assertThat(test.last(job).data()).containsEntry("refused", List.of("result"));
		}

		@Test
		void isNotLargerBecauseItHasTwoSources() {
			begin().result("a", "x".repeat(10_000));
			job.done(Map.of("b", "x".repeat(10_000)));
			assertThat(test.last(job).result()).isEqualTo(Map.of("a", "x".repeat(10_000)));
			assertThat(test.last(job).data()).containsEntry("refused", List.of("result"));
		}

	}

	private ProgressReporter begin() {
		this.job = this.test.running();
		return this.job.reporter();
	}

	private Map<String, Object> data() {
		this.test.tick();
		return this.test.last(this.job).data();
	}

	private static Object map(Object value) {
		if (value == Failing.WITH_EXCEPTION) {
			throw new IllegalStateException("expected");
		}
		if (value == Failing.WITH_ERROR) {
			throw new NoClassDefFoundError("expected");
		}
		return value;
	}

	private enum Failing {

		WITH_EXCEPTION, WITH_ERROR

	}

}
