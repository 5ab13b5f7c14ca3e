package io.progress.sse.web;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.http.codec.multipart.FilePart;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;

import io.progress.sse.JobHandle;
import io.progress.sse.JobSpec;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressTracker;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a request says about the job that it starts, and what it is told.
 */
class JobSubmissionTests {

	private static final String JSON = "Content-Type: application/json";

	private static final String MULTIPART = "Content-Type: multipart/form-data; boundary=x";

	private static final String FORM = "Content-Type: application/x-www-form-urlencoded";

	private static final String FILE = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nabc\r\n--x--\r\n";

	private static TestServer server;

	@BeforeAll
	static void start() {
		server = TestServer.start(new Class<?>[] { Controller.class });
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@Test
	void theFirstJobGetsTheIdThatTheClientWants() {
		assertThatJobIsStarted("/plain", "", "plain-0123456789abcdef");
	}

	@Test
	void aMethodThatWaitsForItsBodySeesTheRequest() {
		assertThatJobIsStarted("/body", "{\"a\":1}", "body-0123456789abcdef", JSON);
	}

	@Test
	void aMethodThatWaitsForAFileSeesTheRequest() {
		assertThatJobIsStarted("/file", FILE, "file-0123456789abcdef", MULTIPART);
	}

	@Test
	void aMethodThatWaitsForAFormSeesTheRequest() {
		assertThatJobIsStarted("/form", "name=a", "form-0123456789abcdef", FORM);
	}

	@Test
	void aReactiveMethodSeesTheRequest() {
		assertThatJobIsStarted("/reactive", "", "reactive-0123456789abcdef");
	}

	@Test
	void aGeneratedIdIsTold() {
		try (RawClient client = post("/plain", "")) {
			assertThat(client.header("x-job-id")).hasSizeGreaterThan(16).isEqualTo(client.body());
		}
	}

	@Test
	void theFirstOfManyJobsIsNamed() {
		try (RawClient client = post("/many", "")) {
			assertThat(client.status()).isEqualTo(200);
			assertThat(client.headers().get("x-job-id")).containsExactly(client.body());
			assertThat(client.headers().get("link")).hasSize(1);
		}
	}

	@Test
	void aJobForWhichThereIsNoRoomIsRefusedForNow() {
		try (TestServer full = TestServer.start(new Class<?>[] { Controller.class },
				"progress.sse.memory.max-jobs=1")) {
			ProgressJob running = full.bean(ProgressTracker.class).open(JobSpec.named("running"));
			for (String path : List.of("/plain", "/reactive")) {
				String id = "X-Job-Id: full-0123456789abcdef";
				try (RawClient client = RawClient.send(full.port(), 0, "POST", path, "", id)) {
					assertThat(client.status()).isEqualTo(503);
					assertThat(client.header("retry-after")).isEqualTo("5");
					assertThat(client.header("content-type")).isEqualTo("application/problem+json");
					assertThat(client.body()).contains("too-many-jobs");
					assertThat(client.header("x-job-id")).isNull();
				}
			}
			running.done();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "tooshort", "0123456789-0123456789-{}", "0123456789 0123456789" })
	void anIdThatCannotBeIsRefused(String id) {
		try (RawClient client = post("/plain", "", "X-Job-Id: " + id)) {
			assertThat(client.status()).isEqualTo(400);
			assertThat(client.header("content-type")).isEqualTo("application/problem+json");
			assertThat(client.body()).contains("malformed-job-id").doesNotContain(id);
		}
	}

	@Test
	void anIdThatIsTakenIsRefusedWithoutSayingWhoseItIs() {
		server.job("taken-0123456789abcdef", "somebody").queued();
		try (RawClient client = post("/plain", "", "X-Job-Id: taken-0123456789abcdef")) {
			assertThat(client.status()).isEqualTo(409);
			assertThat(client.header("x-job-id")).isNull();
			assertThat(client.body()).contains("duplicate-job").doesNotContain("somebody");
		}
	}

	private static void assertThatJobIsStarted(String path, String body, String id, String... headers) {
		String[] all = java.util.Arrays.copyOf(headers, headers.length + 1);
		all[headers.length] = "X-Job-Id: " + id;
		try (RawClient client = post(path, body, all)) {
			assertThat(client.status()).isEqualTo(200);
			assertThat(client.header("x-job-id")).isEqualTo(id);
			assertThat(client.header("link")).isEqualTo("</progress/jobs/" + id + "/events>; rel=\"monitor\"");
			assertThat(client.body()).isEqualTo(id);
		}
	}

	private static RawClient post(String path, String body, String... headers) {
		return RawClient.send(server.port(), 0, "POST", path, body, headers);
	}

	@RestController
	static class Controller {

		private final ProgressTracker tracker;

		Controller(ProgressTracker tracker) {
			this.tracker = tracker;
		}

		@PostMapping("/plain")
		String plain() {
			return start();
		}

		@PostMapping("/many")
		String many() {
			String first = start();
			for (int i = 0; i < 200; i++) {
				start();
			}
			return first;
		}

		@PostMapping("/body")
		String body(@RequestBody Map<String, Object> body) {
			return start();
		}

		@PostMapping("/file")
		String file(@RequestPart FilePart file) {
			return start();
		}

		@PostMapping("/form")
		String form(@ModelAttribute Form form) {
			return start();
		}

		@PostMapping("/reactive")
		Mono<String> reactive() {
			return this.tracker.mono(JobSpec.named("test"), (progress) -> Mono.just("reactive-0123456789abcdef"));
		}

		private String start() {
			JobHandle job = this.tracker.start(JobSpec.named("test"), (progress) -> "ok");
			return job.id().value();
		}

	}

	record Form(String name) {

	}

}
