package io.progress.sse.web;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import io.progress.sse.JobSpec;
import io.progress.sse.ProgressTracker;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A request that waits for a job which somebody cancels.
 */
@ExtendWith(OutputCaptureExtension.class)
class CancelledAnswerTests {

	@Test
	void isAConflictAndNoErrorInTheLog(CapturedOutput log) {
		try (TestServer server = TestServer.start(new Class<?>[] { Api.class });
				RawClient client = RawClient.send(server.port(), "POST", "/cancelled")) {
			assertThat(client.status()).isEqualTo(409);
			assertThat(client.body()).contains("job-cancelled");
			assertThat(log).doesNotContain("ERROR");
		}
	}

	@RestController
	static class Api {

		private final ProgressTracker tracker;

		Api(ProgressTracker tracker) {
			this.tracker = tracker;
		}

		@PostMapping("/cancelled")
		Mono<String> cancelled() {
			return this.tracker.mono(JobSpec.named("cancelled"), (progress) -> Mono.fromCallable(() -> {
				this.tracker.cancel(progress.jobId().orElseThrow());
				progress.checkCancelled();
				return "never";
			}));
		}

	}

}
