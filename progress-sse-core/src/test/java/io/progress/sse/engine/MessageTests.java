package io.progress.sse.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressReporter;
import io.progress.sse.event.EventKind;
import io.progress.sse.event.Note;
import io.progress.sse.event.ProgressEvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

class MessageTests {

	@RegisterExtension
	final TestTracker test = new TestTracker();

	private ProgressJob job;

	@Nested
	class AStatusLine {

		@Test
		void isTheLastOfManyByTheNextTick() {
			ProgressReporter progress = begin();
			progress.message("one");
			progress.message("two");
			progress.message("three");
			test.tick();
			assertThat(messages()).containsExactly("three");
			assertThat(test.last(job).kind()).isEqualTo(EventKind.TICK);
		}

		@Test
		void staysUntilItIsClearedByAnEmptyOne() {
			ProgressReporter progress = begin();
			progress.message("one");
			test.tick();
			progress.advance();
			assertThat(message()).isEqualTo("one");
			progress.message("");
			assertThat(message()).isEmpty();
		}

		@Test
		void isCutAtItsLimit() {
			begin().message("x".repeat(5000));
			assertThat(message()).hasSize(1024).endsWith("x…");
		}

		@Test
		void isNotCutThroughACharacter() {
			begin().message("x".repeat(1022) + "😀" + "x".repeat(100));
			assertThat(message()).isEqualTo("x".repeat(1022) + "…");
		}

		@Test
		void holdsNoHalfCharacters() {
			begin().message("a\uD83Db\uDE00c😀");
			assertThat(message()).isEqualTo("a\uFFFDb\uFFFDc😀");
		}

		@Test
		void thatIsNullIsNoReasonToFail() {
			ProgressReporter progress = begin();
			assertThatCode(() -> {
				progress.message((String) null);
				progress.note(Note.Level.INFO, null);
				progress.phase(null);
				progress.unit(null);
				progress.data(null, "x");
			}).doesNotThrowAnyException();
		}

	}

	@Nested
	class ATextThatHasYetToBeMade {

		private final AtomicInteger made = new AtomicInteger();

		@Test
		void isMadeAFewTimesPerTick() {
			ProgressReporter progress = begin();
			for (int i = 0; i < 1000; i++) {
				progress.message(this::text);
				test.pass(Duration.ofMillis(1));
			}
			assertThat(this.made).hasValueBetween(20, 40);
			assertThat(messages()).hasSize(4);
		}

		@Test
		void isMadeAtTheEndIfItIsTheLast() {
			ProgressReporter progress = begin();
			progress.message(this::text);
			progress.message(() -> "the last");
			job.done();
			assertThat(test.last(job).message()).isEqualTo("the last");
		}

		@Test
		void isForgottenForOneThatIsThere() {
			ProgressReporter progress = begin();
			progress.message(this::text);
			progress.message(this::text);
			progress.message("there");
			job.done();
			assertThat(test.last(job).message()).isEqualTo("there");
			assertThat(this.made).hasValue(1);
		}

		@Test
		void isNotMadeByAThreadThatOnlyEndsTheJob() {
			ProgressReporter progress = begin();
			progress.message(this::text);
			progress.message(this::text);
			test.tracker.close();
			assertThat(this.made).hasValue(1);
			assertThat(test.last(job).message()).isEqualTo("text 1");
		}

		@Test
		void thatCannotBeMadeHarmsNobody() {
			ProgressReporter progress = begin();
			progress.message("before");
			progress.message(() -> {
				throw new IllegalStateException("expected");
			});
			test.tick();
			progress.message(this::text);
			assertThat(message()).isEqualTo("text 1");
			job.done();
		}

		private String text() {
			return "text " + this.made.incrementAndGet();
		}

	}

	@Nested
	class ANote {

		@Test
		void isToldAtOnceEachOfThem() {
			ProgressReporter progress = begin();
			progress.note(Note.Level.WARNING, "odd");
			progress.note(Note.Level.ERROR, "worse");
			assertThat(notes()).containsExactly(new Note(Note.Level.WARNING, "odd"),
					new Note(Note.Level.ERROR, "worse"));
		}

		@Test
		void isOnOneEventOnly() {
			ProgressReporter progress = begin();
			progress.note(Note.Level.INFO, "hello");
			progress.advance();
			test.tick();
			assertThat(test.last(job).note()).isNull();
		}

		@Test
		void isCountedOnlyFromTheTwoHundredAndFirstOn() {
			ProgressReporter progress = begin();
			for (int i = 0; i < 250; i++) {
				progress.note(Note.Level.INFO, "note " + i);
			}
			assertThat(notes()).hasSize(200);
			test.tick();
			assertThat(test.last(job).coalesced()).isEqualTo(50);
		}

		@Test
		void isCutAtItsLimit() {
			begin().note(Note.Level.INFO, "x".repeat(5000));
			assertThat(test.last(job).note().text()).hasSize(1024);
		}

	}

	private ProgressReporter begin() {
		this.job = this.test.running();
		return this.job.reporter();
	}

	private @Nullable String message() {
		this.test.tick();
		return this.test.last(this.job).message();
	}

	private List<String> messages() {
		List<String> messages = new ArrayList<>();
		for (ProgressEvent event : this.test.events(this.job)) {
			if (event.message() != null) {
				messages.add(event.message());
			}
		}
		return messages;
	}

	private List<Note> notes() {
		return this.test.events(this.job).stream().map(ProgressEvent::note).filter((note) -> note != null).toList();
	}

}
