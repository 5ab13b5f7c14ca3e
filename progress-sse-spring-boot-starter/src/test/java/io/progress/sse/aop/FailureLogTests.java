package io.progress.sse.aop;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.progress.sse.JobHandle;
import io.progress.sse.JobSpec;
import io.progress.sse.ProgressTracker;
import io.progress.sse.TrackProgress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * A failure is in the log once.
 */
@ExtendWith(OutputCaptureExtension.class)
class FailureLogTests {

	@Test
	void isTheCallersWhereItGoesOnToACaller(CapturedOutput log) {
		TrackedApplication.with(Work.class).run((context) -> {
			Work work = context.getBean(Work.class);
			assertThatIllegalStateException().isThrownBy(work::fail);
			assertThatIllegalStateException().isThrownBy(() -> work.signal().block());
			ProgressTracker tracker = context.getBean(ProgressTracker.class);
			assertThatIllegalStateException()
				.isThrownBy(() -> tracker.run(JobSpec.named("run"), (progress) -> work.broken()));
			assertThat(log).doesNotContain("ERROR").doesNotContain("secret");
		});
	}

	@Test
	void isLoggedIfNoCallerGetsIt(CapturedOutput log) {
		TrackedApplication.with(Work.class).run((context) -> {
			Work work = context.getBean(Work.class);
			JobHandle job = context.getBean(ProgressTracker.class)
				.start(JobSpec.named("background"), (progress) -> work.broken());
			context.getBean(RecordedJobs.class).end();
			assertThat(log).containsOnlyOnce("A job 'background' failed")
				.containsOnlyOnce("IllegalStateException: secret")
				.doesNotContain(job.id().value());
		});
	}

	static class Work {

		@TrackProgress
		void fail() {
			broken();
		}

		@TrackProgress
		Mono<String> signal() {
			return Mono.fromSupplier(this::broken);
		}

		String broken() {
			throw new IllegalStateException("secret");
		}

	}

}
