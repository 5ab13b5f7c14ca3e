package io.progress.sse.servlettests;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.context.ConfigurableApplicationContext;

import io.progress.sse.JobHandle;
import io.progress.sse.JobSpec;
import io.progress.sse.ProgressTracker;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The endpoints behind filters that decorate the response, or support no asynchronous
 * requests.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FilterTests {

	private final HttpClient client = HttpClient.newHttpClient();

	private final Container container;

	private ConfigurableApplicationContext context;

	FilterTests(Container container) {
		this.container = container;
	}

	@BeforeAll
	void start() {
		this.context = this.container.start(FilteredApplication.class, "server.compression.enabled=true",
				"server.forward-headers-strategy=framework", "progress.sse.routes.blocked.path=/blocked/{jobId}/events",
				"progress.sse.routes.blocked.status-path=/blocked/{jobId}");
	}

	@AfterAll
	void stop() {
		this.context.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "none", "etag", "body-log" })
	void plainAnswersAreWhole(String filter) throws Exception {
		String job = endedJob();
		for (String path : List.of("/control/mono", "/progress/jobs/" + job, "/progress/client.js")) {
			HttpResponse<String> response = get(path, filter);
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(response.body()).as(path).isNotEmpty();
			assertThat(response.headers().allValues("ETag")).hasSizeLessThan(2);
			if (filter.equals("body-log")) {
				assertThat(response.headers().firstValue("X-Body")).hasValue(String.valueOf(response.body().length()));
			}
		}
		assertThat(get("/progress/jobs/" + job, filter).body()).contains("\"done\"");
		HttpResponse<String> unknown = get("/progress/jobs/unknown", filter);
		assertThat(unknown.statusCode()).isEqualTo(404);
		assertThat(unknown.body()).contains("unknown-job");
	}

	@Test
	void tagsStayOurs() throws Exception {
		String tag = get("/progress/client.js", "etag").headers().firstValue("ETag").orElseThrow();
		HttpResponse<String> again = send(request("/progress/client.js", "etag").header("If-None-Match", tag));
		assertThat(again.statusCode()).isEqualTo(304);
		assertThat(get("/progress/client.js", "none").headers().firstValue("ETag")).hasValue(tag);
	}

	@ParameterizedTest
	@ValueSource(strings = { "none", "etag", "body-log" })
	void endedStreamsAreWhole(String filter) throws Exception {
		for (String path : List.of("/control/flux", "/progress/jobs/" + endedJob() + "/events")) {
			HttpResponse<String> response = get(path, filter, "Accept", "text/event-stream");
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(response.body()).contains("data:").endsWith("\n\n");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "none", "etag" })
	void eachEventComesWhenItHappens(String filter) throws Exception {
		CountDownLatch goOn = new CountDownLatch(1);
		JobHandle job = tracker().start(JobSpec.named("export"), (progress) -> {
			progress.phase("waiting");
			goOn.await();
			return null;
		});
		HttpResponse<Stream<String>> response = this.client.send(
				request("/progress/jobs/" + job.id().value() + "/events", filter).header("Accept", "text/event-stream")
					.build(),
				BodyHandlers.ofLines());
		try (Stream<String> lines = response.body()) {
			assertThat(lines.peek((line) -> {
				if (line.contains("\"waiting\"")) {
					goOn.countDown();
				}
			}).anyMatch((line) -> line.equals("event: done"))).isTrue();
		}
		finally {
			goOn.countDown();
		}
	}

	@Test
	void statusNeedsNoAsynchronousSupport() throws Exception {
		HttpResponse<String> response = get("/blocked/" + endedJob(), "none");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).contains("\"done\"");
	}

	@Test
	void aStreamSaysThatItNeedsAsynchronousSupport(CapturedOutput output) throws Exception {
		HttpResponse<String> response = get("/blocked/" + endedJob() + "/events", "none", "Accept",
				"text/event-stream");
		assertThat(response.statusCode()).isEqualTo(500);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		assertThat(response.body()).contains("no-async-support");
		assertThat(output.getAll()).contains("set 'asyncSupported' on its FilterRegistrationBean");
	}

	@Test
	void anApplicationBehindAProxyIsStillItself() throws Exception {
		HttpResponse<String> response = get("/progress/jobs/" + endedJob(), "none", "X-Forwarded-Host", "example.com",
				"X-Forwarded-Prefix", "/app");
		assertThat(response.statusCode()).isEqualTo(200);
	}

	private String endedJob() throws Exception {
		JobHandle job = tracker().start(JobSpec.named("export"), (progress) -> Map.of("pages", 3));
		job.ended().toCompletableFuture().get();
		return job.id().value();
	}

	private ProgressTracker tracker() {
		return this.context.getBean(ProgressTracker.class);
	}

	private HttpResponse<String> get(String path, String filter, String... headers) throws Exception {
		HttpRequest.Builder request = request(path, filter);
		return send((headers.length > 0) ? request.headers(headers) : request);
	}

	private HttpRequest.Builder request(String path, String filter) {
		return HttpRequest.newBuilder(URI.create("http://localhost:" + Container.port(this.context) + path))
			.timeout(Duration.ofSeconds(20))
			.header(FilteredApplication.FILTER, filter);
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
		return this.client.send(request.build(), BodyHandlers.ofString());
	}

}
