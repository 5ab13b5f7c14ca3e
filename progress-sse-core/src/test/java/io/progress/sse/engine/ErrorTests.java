package io.progress.sse.engine;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.Exceptions;

import io.progress.sse.ProgressException;
import io.progress.sse.ProgressJob;
import io.progress.sse.event.JobError;
import io.progress.sse.event.JobState;

import static org.assertj.core.api.Assertions.assertThat;

class ErrorTests {

	private static final String SECRET = "password=hunter2";

	@RegisterExtension
	final TestTracker test = new TestTracker((settings) -> settings.errorMapper(ErrorTests::broken)
		.errorMapper(ErrorTests::first)
		.errorMapper(ErrorTests::second));

	@Nested
	class AnyException {

		@Test
		void isToldByAFixedText() {
			assertThat(fail(new IllegalStateException(SECRET))).isEqualTo(JobError.INTERNAL);
			assertThat(fail(new AssertionError(SECRET))).isEqualTo(JobError.INTERNAL);
		}

		@Test
		void leavesNoTraceOfItselfInAnEvent() {
			ProgressJob job = test.running();
			job.fail(new IllegalStateException(SECRET, new RuntimeException(SECRET)));
			assertThat(test.events(job).toString()).doesNotContain(SECRET).doesNotContain("Exception");
		}

		@Test
		void isNeverTheCauseOfAnotherEnd() {
			ProgressJob job = test.running();
			job.fail(new IllegalStateException(SECRET));
			assertThat(job.ended()).isCompletedWithValue(JobState.FAILED);
		}

	}

	@Nested
	class AProgressException {

		@Test
		void speaksForItself() {
			assertThat(fail(new ProgressException("too-big", "The file is too big", new Exception(SECRET))))
				.isEqualTo(new JobError("too-big", "The file is too big"));
		}

		@Test
		void isFoundInWhatCarriedItHere() {
			ProgressException said = new ProgressException("too-big", "The file is too big");
			assertThat(fail(new CompletionException(new ExecutionException(said))).code()).isEqualTo("too-big");
			assertThat(fail(Exceptions.propagate(new ExecutionException(said))).code()).isEqualTo("too-big");
		}

		@Test
		void isNotLookedForInCauses() {
			assertThat(fail(new IllegalStateException(new ProgressException("a", "b")))).isEqualTo(JobError.INTERNAL);
		}

		@Test
		void isCutLikeEveryText() {
			JobError error = fail(new ProgressException("x".repeat(5000), "y".repeat(5000)));
			assertThat(error.code()).hasSize(1024);
			assertThat(error.message()).hasSize(1024);
		}

	}

	@Nested
	class AMapper {

		@Test
		void isAskedBeforeLaterOnesAndBeforeTheExceptionItself() {
			assertThat(fail(new ProgressException("both", "x"))).isEqualTo(new JobError("first", "First"));
		}

		@Test
		void isPassedWhenItDoesNotKnow() {
			assertThat(fail(new UnsupportedOperationException(SECRET))).isEqualTo(new JobError("second", "Second"));
		}

		@Test
		void isAskedForTheUnwrappedException() {
			assertThat(fail(new CompletionException(new UnsupportedOperationException())))
				.isEqualTo(new JobError("second", "Second"));
		}

		@Test
		void thatForgetsTheTextHarmsNobody() {
			assertThat(fail(new ArithmeticException())).isEqualTo(new JobError("no-text", ""));
		}

	}

	private JobError fail(Throwable error) {
		ProgressJob job = this.test.running();
		job.fail(error);
		assertThat(job.state()).isEqualTo(JobState.FAILED);
		return this.test.last(job).error();
	}

	private static @Nullable JobError broken(Throwable error) {
		throw new IllegalStateException("expected");
	}

	private static @Nullable JobError first(Throwable error) {
		return saysBoth(error) ? new JobError("first", "First") : null;
	}

	private static @Nullable JobError second(Throwable error) {
		if (error instanceof ArithmeticException) {
			return new JobError("no-text", null);
		}
		boolean known = error instanceof UnsupportedOperationException || saysBoth(error);
		return known ? new JobError("second", "Second") : null;
	}

	private static boolean saysBoth(Throwable error) {
		return error instanceof ProgressException said && said.code().equals("both");
	}

}
