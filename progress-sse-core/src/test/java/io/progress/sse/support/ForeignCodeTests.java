package io.progress.sse.support;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ForeignCodeTests {

	private final List<Throwable> told = new ArrayList<>();

	@Test
	void keepsAnErrorToItself() {
		Error error = new NoClassDefFoundError("org/example/Gone");
		ForeignCode.run(() -> {
			throw error;
		}, this.told::add);
		assertThat(this.told).containsExactly(error);
	}

	@Test
	void answersForAQuestionThatThrows() {
		String answer = ForeignCode.ask(() -> {
			throw new StackOverflowError();
		}, "otherwise", this.told::add);
		assertThat(answer).isEqualTo("otherwise");
		assertThat(this.told).hasSize(1);
	}

	@Test
	void namesTheClassOfAFailureThatCannotBePrinted() {
		ForeignCode.report(new Unprintable(), (ex) -> this.told.add(new Exception(ex.getMessage())));
		assertThat(this.told).singleElement()
			.extracting(Throwable::getMessage)
			.asString()
			.contains(Unprintable.class.getName());
	}

	@Test
	void goesOnWithoutALog() {
		ForeignCode.report(new IllegalStateException(), (ex) -> {
			throw new OutOfMemoryError("simulated");
		});
		assertThat(this.told).isEmpty();
	}

	@Test
	void keepsAnInterrupt() {
		ForeignCode.report(new InterruptedException(), this.told::add);
		assertThat(Thread.interrupted()).isTrue();
	}

	private static final class Unprintable extends RuntimeException {

		private static final long serialVersionUID = 1L;

		@Override
		public String getMessage() {
			throw new IllegalStateException("lazy message");
		}

	}

}
