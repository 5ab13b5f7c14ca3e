package io.progress.sse.web;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import io.progress.sse.JobSpec;
import io.progress.sse.ProgressTracker;
import io.progress.sse.stream.admission.EventStreams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What is ours and what stays the application's.
 */
@Tag("protocol")
class OwnPathsTests {

	private static TestServer server;

	@BeforeAll
	static void start() {
		server = TestServer.start(new Class<?>[] { Controller.class, WebhookHeaderTests.Webhooks.class });
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/progress/summary", "/progress/lists", "/progress/jobs/a/events/summary" })
	void theApplicationKeepsItsOwnPathsBesideOurs(String path) {
		try (RawClient client = get(path)) {
			assertThat(client.status()).isEqualTo(200);
			assertThat(client.body()).isEqualTo("own");
		}
		try (RawClient client = get(path, "Sec-Fetch-Site: cross-site")) {
			assertThat(client.status()).as("whom the application serves is not our matter").isEqualTo(200);
		}
	}

	@Test
	void otherUrlsAreAnsweredByTheApplication() {
		try (RawClient client = get("/progress/nobody"); RawClient other = get("/nobody")) {
			assertThat(client.status()).isEqualTo(404);
			assertThat(client.header("content-type")).isEqualTo(other.header("content-type"));
			assertThat(client.body()).doesNotContain("progress-sse").contains("\"path\":\"/progress/nobody\"");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/%70rogress/jobs/nobody", "/progress/%6aobs/nobody", "/progress/jobs/nobod%79",
			"/progress/jobs/nobody;v=1" })
	void anEndpointIsKnownInOtherSpellings(String path) {
		try (RawClient client = get(path)) {
			assertThat(client.status()).isEqualTo(404);
			assertThat(client.body()).contains("unknown-job");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "X-Job-Id: short", "X-Job-Id:", "X-Job-Id: a b c d e f g h i j k l",
			"X-Webhook-Url: nonsense" })
	void aHeaderForJobsMeansNothingWhereNoJobIsStarted(String header) {
		try (RawClient client = get("/progress/summary", header)) {
			assertThat(client.status()).isEqualTo(200);
		}
		try (RawClient client = get("/progress/jobs/nobody", header)) {
			assertThat(client.status()).isEqualTo(404);
		}
		try (RawClient client = RawClient.send(server.port(), 0, "POST", "/work", "", header)) {
			assertThat(client.status()).as("where one is").isEqualTo(400);
			assertThat(client.header("content-type")).isEqualTo("application/problem+json");
			assertThat(client.header("x-job-id")).isNull();
		}
	}

	@Test
	void anIdThatAnotherCallerWaitsForIsTakenOnlyByAJob() {
		String wanted = "X-Job-Id: awaited-0123456789";
		try (RawClient waiting = get("/progress/jobs/awaited-0123456789/events", "X-Test-User: alice")) {
			waiting.frame();
			await().until(() -> server.bean(EventStreams.class).awaitedJobs() == 1);
			try (RawClient client = get("/progress/summary", wanted, "X-Test-User: mallory")) {
				assertThat(client.status()).isEqualTo(200);
			}
			try (RawClient client = RawClient.send(server.port(), 0, "POST", "/work", "", wanted,
					"X-Test-User: mallory")) {
				assertThat(client.status()).isEqualTo(409);
			}
		}
	}

	private static RawClient get(String path, String... headers) {
		return RawClient.get(server.port(), path, headers);
	}

	@RestController
	static class Controller {

		private final ProgressTracker tracker;

		Controller(ProgressTracker tracker) {
			this.tracker = tracker;
		}

		@GetMapping({ "/progress/summary", "/progress/lists", "/progress/jobs/{id}/events/summary" })
		String own() {
			return "own";
		}

		@PostMapping("/work")
		String work() {
			return this.tracker.start(JobSpec.named("work"), (progress) -> null).id().value();
		}

	}

}
