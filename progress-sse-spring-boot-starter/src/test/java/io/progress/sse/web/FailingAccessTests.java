package io.progress.sse.web;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

import io.progress.sse.JobSpec;
import io.progress.sse.ProgressTracker;
import io.progress.sse.web.access.CallerResolver;
import io.progress.sse.web.access.JobAccessPolicy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Policies and resolvers of the application that fail.
 */
@ExtendWith(OutputCaptureExtension.class)
class FailingAccessTests {

	@ParameterizedTest
	@CsvSource({ "thrown", "emitted", "error" })
	void aPolicyThatFailsIsToldOnce(String how, CapturedOutput output) {
		try (TestServer server = TestServer.start(new Class<?>[] { Policy.class }, "test.policy=" + how)) {
			server.job("hidden").queued();
			for (int i = 0; i < 3; i++) {
				try (RawClient client = RawClient.get(server.port(), "/progress/jobs/hidden")) {
					assertThat(client.status()).isEqualTo(404);
				}
			}
			assertThat(output).containsOnlyOnce("All jobs are hidden from callers, because " + Policy.class.getName())
				.contains("the policy's own fault");
		}
	}

	@Test
	void aResolverThatFailsIsToldOnceAndIsNotTheStore(CapturedOutput output) {
		try (TestServer server = TestServer.start(new Class<?>[] { Resolver.class },
				"progress.sse.cancel.enabled=true")) {
			server.job("unresolved").queued();
			for (String[] request : new String[][] { { "GET", "" }, { "GET", "/events" }, { "DELETE", "" },
					{ "POST", "/tickets" } }) {
				try (RawClient client = RawClient.send(server.port(), request[0],
						"/progress/jobs/unresolved" + request[1])) {
					assertThat(client.status()).isEqualTo(500);
					assertThat(client.header("content-type")).isEqualTo("application/problem+json");
					assertThat(client.body()).contains("unresolved-caller").doesNotContain("fault");
				}
			}
			assertThat(output).containsOnlyOnce("Callers cannot be identified").contains("the resolver's own fault");
		}
	}

	@Test
	void aResolverThatFailsDoesNotHurtRequestsWithoutAJob() {
		try (TestServer server = TestServer.start(new Class<?>[] { Resolver.class, Controller.class })) {
			try (RawClient client = RawClient.get(server.port(), "/plain")) {
				assertThat(client.status()).isEqualTo(200);
			}
			try (RawClient client = RawClient.send(server.port(), "POST", "/work")) {
				assertThat(client.status()).isEqualTo(500);
				assertThat(client.body()).contains("unresolved-caller");
			}
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Policy {

		@Bean
		JobAccessPolicy failing(@Value("${test.policy}") String how) {
			return (caller, job, action) -> switch (how) {
				case "thrown" -> throw new IllegalStateException("the policy's own fault");
				case "error" -> throw new NoClassDefFoundError("the policy's own fault");
				default -> Mono.error(new IllegalStateException("the policy's own fault"));
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Resolver {

		@Bean
		CallerResolver failing() {
			return (exchange) -> {
				throw new IllegalStateException("the resolver's own fault");
			};
		}

	}

	@RestController
	static class Controller {

		private final ProgressTracker tracker;

		Controller(ProgressTracker tracker) {
			this.tracker = tracker;
		}

		@GetMapping("/plain")
		String plain() {
			return "plain";
		}

		@PostMapping("/work")
		String work() {
			return this.tracker.start(JobSpec.named("work"), (progress) -> null).id().value();
		}

	}

}
