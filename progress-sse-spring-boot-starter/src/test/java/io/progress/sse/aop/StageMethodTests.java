package io.progress.sse.aop;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import io.progress.sse.ProgressReporter;
import io.progress.sse.TrackProgress;
import io.progress.sse.event.JobState;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A tracked method that returns a stage.
 */
class StageMethodTests {

	@Test
	void endsBeforeItsCallerGoesOn() {
		run((jobs, work) -> {
			CompletableFuture<JobState> seen = work.start(ProgressReporter.current())
				.thenApply((value) -> jobs.end().state());
			assertThat(jobs.ends()).isEmpty();
			work.original().complete("out");
			assertThat(seen).isCompletedWithValue(JobState.DONE);
		});
	}

	@Test
	void failsWithItsOwnException() {
		run((jobs, work) -> {
			CompletableFuture<String> result = work.start(ProgressReporter.current());
			work.original().completeExceptionally(new IllegalStateException("secret"));
			assertThatExceptionOfType(CompletionException.class).isThrownBy(result::join)
				.withCauseInstanceOf(IllegalStateException.class);
			assertThat(jobs.end().state()).isEqualTo(JobState.FAILED);
		});
	}

	@Test
	void passesACancellationOn() {
		run((jobs, work) -> {
			CompletableFuture<String> result = work.start(ProgressReporter.current());
			assertThat(result.cancel(true)).isTrue();
			assertThat(work.original()).isCancelled();
			assertThat(jobs.end().state()).isEqualTo(JobState.CANCELLED);
			assertThatExceptionOfType(CancellationException.class).isThrownBy(result::join);
		});
	}

	@Test
	void keepsATypeOfItsOwn() {
		run((jobs, work) -> {
			Stage result = work.special();
			result.complete("out");
			assertThat(jobs.end().state()).isEqualTo(JobState.DONE);
		});
	}

	@Test
	void mayReportUntilItsStageCompletes() {
		run((jobs, work) -> {
			CompletableFuture<String> result = work.start(ProgressReporter.current());
			work.progress().report(8, 10);
			work.original().complete("out");
			assertThat(result).isCompleted();
			assertThat(jobs.end().progress().completed()).isEqualTo(8);
		});
	}

	private static void run(Scenario scenario) {
		TrackedApplication.with(Config.class)
			.run((context) -> scenario.run(context.getBean(RecordedJobs.class), context.getBean(Work.class)));
	}

	interface Scenario {

		void run(RecordedJobs jobs, Work work);

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Work.class)
	static class Config {

	}

	static class Stage extends CompletableFuture<String> {

	}

	static class Work {

		private final CompletableFuture<String> original = new CompletableFuture<>();

		private ProgressReporter progress = ProgressReporter.noop();

		CompletableFuture<String> original() {
			return this.original;
		}

		ProgressReporter progress() {
			return this.progress;
		}

		@TrackProgress
		CompletableFuture<String> start(ProgressReporter progress) {
			this.progress = progress;
			return this.original;
		}

		@TrackProgress
		Stage special() {
			return new Stage();
		}

	}

}
