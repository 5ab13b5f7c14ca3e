package io.progress.sse.web;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.progress.sse.store.EventId;
import io.progress.sse.stream.admission.EventStreams;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the URLs answer beside streams.
 */
@Tag("protocol")
class EndpointTests {

	private static final Pattern IMPORT = Pattern.compile("(?:from |import\\()'\\./([a-z./-]+)'");

	private static final String STREAM = "/progress/jobs/resource/events";

	private static TestServer server;

	private static EventId latest;

	@BeforeAll
	static void start() {
		server = TestServer.start("progress.sse.routes.convert.path=/api/v1/convert/{jobId}/stream",
				"progress.sse.routes.convert.status-path=/api/v1/convert/{jobId}",
				"progress.sse.routes.convert.many-path=/api/v1/convert/streams",
				"progress.sse.routes.convert.format=percent");
		latest = server.job("resource").queued();
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { STREAM, "/progress/events?job=resource", "/api/v1/convert/resource/stream",
			"/api/v1/convert/streams?job=resource" })
	void aStreamUrlAnswersEveryMethod(String path) {
		int streams = server.bean(EventStreams.class).streams();
		try (RawClient head = request("HEAD", path)) {
			assertThat(head.status()).isEqualTo(200);
			assertThat(head.header("content-type")).isEqualTo("text/event-stream;charset=UTF-8");
			assertThat(head.header("x-accel-buffering")).isEqualTo("no");
		}
		try (RawClient options = request("OPTIONS", path)) {
			assertThat(options.status()).isEqualTo(204);
			assertThat(options.header("allow")).isEqualTo("GET, HEAD, OPTIONS");
		}
		try (RawClient post = request("POST", path)) {
			assertThat(post.status()).isEqualTo(405);
			assertThat(post.header("allow")).isEqualTo("GET, HEAD, OPTIONS");
			assertThatIsProblem(post, "method-not-allowed");
		}
		try (RawClient get = request("GET", path, "Accept: image/png")) {
			assertThat(get.status()).isEqualTo(406);
			assertThatIsProblem(get, "not-acceptable");
		}
		assertThat(server.bean(EventStreams.class).streams()).isLessThanOrEqualTo(streams);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Accept: */*", "Accept: text/event-stream", "Accept: text/*",
			"Accept: application/json;q=0.5, text/event-stream" })
	void aClientThatDoesNotAcceptJsonGetsTheStream(String header) {
		try (RawClient client = request("GET", STREAM, header)) {
			assertThat(client.status()).isEqualTo(200);
			assertThat(client.frame()).first().isEqualTo("retry: 3000");
		}
	}

	@Test
	void aStreamUrlAnswersJsonIfTheClientPrefersIt() {
		try (RawClient client = request("GET", STREAM, "Accept: application/json")) {
			assertThat(client.status()).isEqualTo(200);
			assertThat(client.header("content-type")).isEqualTo("application/json");
			assertThat(client.body()).startsWith("{\"jobId\":\"resource\"");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/event-stream;q=0, */*", "*/*, text/event-stream;q=0" })
	void aClientThatRefusesTheStreamGetsNone(String accept) {
		try (RawClient client = request("GET", STREAM, "Accept: " + accept)) {
			assertThat(client.header("content-type")).isEqualTo("application/json");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "*/*", "application/json", "image/png" })
	void cachesAreToldWhatAnAnswerDependsOn(String accept) {
		try (RawClient client = request("GET", STREAM, "Accept: " + accept)) {
			assertThat(client.headers().get("vary")).contains("Accept", "Origin").doesNotHaveDuplicates();
		}
		try (RawClient client = request("GET", "/progress/client.js", "Accept: " + accept)) {
			assertThat(client.headers().get("vary")).contains("Origin").doesNotContain("Accept");
		}
	}

	@Test
	void theStatusOfARunningJobSaysWhenToAskAgain() {
		try (RawClient client = request("GET", "/progress/jobs/resource")) {
			assertThat(client.header("etag")).isEqualTo("\"" + latest + "\"");
			assertThat(client.header("retry-after")).isEqualTo("2");
			assertThat(client.header("cache-control")).isEqualTo("no-cache, private");
		}
		server.job("ended").done("ok");
		try (RawClient client = request("GET", "/progress/jobs/ended")) {
			assertThat(client.header("retry-after")).isNull();
			assertThat(client.body()).contains("\"state\":\"done\"", "\"result\":\"ok\"");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"%s\"", "W/\"%s\"", "\"other\", \"%s\"", "*", "\"%s-gzip\"", "W/\"%s-br\"" })
	void aStatusThatHasNotChangedIsNotSentAgain(String tag) {
		try (RawClient client = request("GET", "/progress/jobs/resource", "If-None-Match: " + tag.formatted(latest))) {
			assertThat(client.status()).isEqualTo(304);
			assertThat(client.header("etag")).isEqualTo("\"" + latest + "\"");
			assertThat(client.header("cache-control")).as("it may be its owner's alone").isEqualTo("no-cache, private");
		}
		try (RawClient client = request("GET", "/progress/jobs/resource", "If-None-Match: \"1-1\"")) {
			assertThat(client.status()).isEqualTo(200);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/progress/jobs/a%20b/events", "/progress/jobs/%7Ba%7D/events",
			"/api/v1/convert/a%2Eb/stream", "/progress/events?job=a%20b" })
	void aMalformedIdIsNotEchoed(String path) {
		try (RawClient client = request("GET", path)) {
			assertThat(client.status()).isEqualTo(400);
			assertThatIsProblem(client, "malformed-job-id");
		}
	}

	/** Jetty refuses it before it is our turn. */
	@Test
	void aLineBreakInAnIdIsRefused() {
		try (RawClient client = request("GET", "/progress/jobs/a%0Ab")) {
			assertThat(client.status()).isEqualTo(400);
		}
	}

	@Test
	void anUnknownJobHasNoStatus() {
		try (RawClient client = request("GET", "/progress/jobs/nobody-knows")) {
			assertThat(client.status()).isEqualTo(404);
			assertThatIsProblem(client, "unknown-job");
		}
	}

	@Test
	void aRouteOfTheApplicationSpeaksItsFormat() {
		TestJob job = server.job("convert-this");
		job.tick(29, 100);
		try (RawClient client = request("GET", "/api/v1/convert/convert-this/stream")) {
			assertThat(client.event()).containsEntry("event", "progress")
				.containsEntry("data", "{\"step\":\"working\",\"percent\":29}");
		}
	}

	@Test
	void aRouteOfTheApplicationAnswersWhoPollsInItsFormat() {
		server.job("polled").tick(29, 100);
		String running = "{\"status\":\"processing\",\"step\":\"working\",\"percent\":29}";
		try (RawClient client = request("GET", "/api/v1/convert/polled")) {
			assertThat(client.header("retry-after")).isEqualTo("2");
			assertThat(client.body()).isEqualTo(running);
		}
		try (RawClient client = request("GET", "/api/v1/convert/polled/stream", "Accept: application/json")) {
			assertThat(client.body()).isEqualTo(running);
		}
		try (RawClient client = request("GET", "/api/v1/convert/nobody-knows")) {
			assertThat(client.status()).isEqualTo(404);
		}
	}

	@Test
	void aRouteOfTheApplicationStreamsManyJobs() {
		server.job("one").tick(1, 100);
		server.job("two").tick(2, 100);
		try (RawClient client = request("GET", "/api/v1/convert/streams?job=one&job=two")) {
			assertThat(List.of(client.event().get("data"), client.event().get("data"))).containsExactlyInAnyOrder(
					"{\"jobId\":\"one\",\"step\":\"working\",\"percent\":1}",
					"{\"jobId\":\"two\",\"step\":\"working\",\"percent\":2}");
		}
	}

	@ParameterizedTest
	@ValueSource(
			strings = { STREAM, "/progress/jobs/resource", "/progress/events?job=resource", "/progress/client.js" })
	void aMalformedAcceptHeaderIsRefused(String path) {
		try (RawClient client = request("GET", path, "Accept: garbage")) {
			assertThat(client.status()).isEqualTo(406);
			assertThat(client.header("cache-control")).isEqualTo("no-store");
			assertThatIsProblem(client, "not-acceptable");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/progress/jobs/resource", "/progress/client.js" })
	void aMalformedTagIsNone(String path) {
		try (RawClient client = request("GET", path, "If-None-Match: abc")) {
			assertThat(client.status()).isEqualTo(200);
		}
		try (RawClient client = request("GET", path, "If-None-Match: *")) {
			assertThat(client.status()).isEqualTo(304);
		}
	}

	@Test
	void theClientIsServedWithItsTypes() {
		String tag;
		try (RawClient client = request("GET", "/progress/client.js")) {
			assertThat(client.status()).isEqualTo(200);
			assertThat(client.header("content-type")).isEqualTo("text/javascript;charset=UTF-8");
			assertThat(client.body()).contains("export const watch = ");
			tag = client.header("etag");
		}
		try (RawClient client = request("GET", "/progress/client.js", "If-None-Match: " + tag)) {
			assertThat(client.status()).isEqualTo(304);
		}
		try (RawClient client = request("GET", "/progress/client.d.ts")) {
			assertThat(client.header("content-type")).isEqualTo("application/typescript;charset=UTF-8");
			assertThat(client.body()).contains("export type Progress");
		}
	}

	@Test
	void eachFileOfTheClientIsServedAndNoOther() {
		for (String file : Scripts.FILES) {
			try (RawClient client = request("GET", "/progress/" + file)) {
				assertThat(client.status()).as(file).isEqualTo(200);
			}
		}
		assertThat(Scripts.FILES).contains("client.js", "client.d.ts");
		for (String other : List.of("scripts.txt", "package.json", "nothing.js", "client.js/", "./Scripts.class")) {
			try (RawClient client = request("GET", "/progress/" + other)) {
				assertThat(client.status()).as(other).isEqualTo(404);
			}
		}
	}

	@Test
	void theImportsOfEachClientFileAreServed() {
		for (String file : Scripts.FILES) {
			String text = new String(Scripts.content(file), StandardCharsets.UTF_8);
			Matcher imported = IMPORT.matcher(text);
			while (imported.find()) {
				String name = Path.of(file).resolveSibling(imported.group(1)).normalize().toString();
				assertThat(Scripts.FILES).as(file).contains(file.endsWith(".ts") ? name.replace(".js", ".d.ts") : name);
			}
		}
	}

	private static void assertThatIsProblem(RawClient client, String name) {
		assertThat(client.header("content-type")).isEqualTo("application/problem+json");
		assertThat(client.header("cache-control")).isEqualTo("no-store");
		assertThat(client.body()).startsWith("{\"type\":\"urn:problem-type:progress-sse:" + name + "\",\"title\":")
			.contains("\"status\":" + client.status())
			.doesNotContain("Exception");
	}

	private static RawClient request(String method, String path, String... headers) {
		return RawClient.send(server.port(), method, path, headers);
	}

}
