package io.progress.sse.servlettests;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.context.ConfigurableApplicationContext;

import io.progress.sse.event.JobId;
import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.stream.admission.EventStreams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * An application that knew nothing of progress, with the starter added.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PlainMvcTests {

	private final HttpClient client = HttpClient.newHttpClient();

	private final Container container;

	private final String[] properties;

	private ConfigurableApplicationContext context;

	PlainMvcTests(Container container, String... properties) {
		this.container = container;
		this.properties = properties;
	}

	@BeforeAll
	void start() {
		this.context = this.container.start(LibraryApplication.class, this.properties);
	}

	@AfterAll
	void stop() {
		this.context.close();
	}

	@Test
	void blockingCallIsWatchedWhileItRuns() throws Exception {
		String job = UUID.randomUUID().toString();
		CompletableFuture<String> stream = this.client
			.sendAsync(get("/progress/jobs/" + job + "/events"), BodyHandlers.ofString())
			.thenApply(HttpResponse::body);
		HttpResponse<String> response = post("/books?pages=3", job);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo("{\"pages\":3}");
		assertThat(response.headers().firstValue("X-Job-Id")).hasValue(job);
		assertThat(response.headers().firstValue("Link"))
			.hasValue("</progress/jobs/" + job + "/events>; rel=\"monitor\"");
		assertThat(stream.get(10, TimeUnit.SECONDS)).contains("event: progress", "\"phase\":\"printing\"",
				"event: done", "\"completed\":3");
	}

	@Test
	void jobsWithoutAChosenIdGetOne() throws Exception {
		HttpResponse<String> response = post("/books?pages=1", null);
		String job = response.headers().firstValue("X-Job-Id").orElseThrow();
		assertThat(send(get("/progress/jobs/" + job)).body()).contains("\"state\":\"done\"");
	}

	@Test
	void malformedIdIsRefused() throws Exception {
		HttpResponse<String> response = post("/books?pages=1", "too short");
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		assertThat(response.body()).contains("malformed-job-id").doesNotContain("too short");
		assertThat(response.headers().firstValue("X-Job-Id")).isEmpty();
	}

	@Test
	void takenIdIsAConflictWithoutNames() throws Exception {
		String job = UUID.randomUUID().toString();
		assertThat(post("/books?pages=1", job, "X-Test-User", "alice").statusCode()).isEqualTo(200);
		HttpResponse<String> response = post("/books?pages=1", job, "X-Test-User", "mallory");
		assertThat(response.statusCode()).isEqualTo(409);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		assertThat(response.body()).contains("duplicate-job").doesNotContain("alice");
		assertThat(response.headers().firstValue("X-Job-Id")).isEmpty();
	}

	@Test
	void principalOwnsTheJob() throws Exception {
		String job = UUID.randomUUID().toString();
		post("/books?pages=1", job, "X-Test-User", "alice");
		assertThat(this.context.getBean(ProgressEventStore.class)
			.read(JobId.of(job), null, 0)
			.blockOptional()
			.orElseThrow()
			.job()
			.owner()).isEqualTo("alice");
		assertThat(send(get("/progress/jobs/" + job, "X-Test-User", "mallory")).statusCode()).isEqualTo(404);
		assertThat(send(get("/progress/jobs/" + job, "X-Test-User", "alice")).statusCode()).isEqualTo(200);
	}

	@Test
	void returnedHandleIsAccepted() throws Exception {
		String job = UUID.randomUUID().toString();
		HttpResponse<String> response = post("/books/later", job);
		assertThat(response.statusCode()).isEqualTo(202);
		assertThat(response.headers().firstValue("Location")).hasValue("/progress/jobs/" + job);
		assertThat(response.headers().firstValue("X-Job-Id")).hasValue(job);
		assertThat(response.body()).isEqualTo("{\"jobId\":\"" + job + "\",\"events\":\"/progress/jobs/" + job
				+ "/events\",\"status\":\"/progress/jobs/" + job + "\"}");
	}

	@Test
	void theFirstOfManyJobsIsNamed() throws Exception {
		HttpResponse<String> response = post("/books/many", null);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().allValues("X-Job-Id")).containsExactly(response.body());
		assertThat(response.headers().allValues("Link")).hasSize(1);
	}

	@Test
	void callableOfAControllerBelongsToItsRequest() throws Exception {
		String job = UUID.randomUUID().toString();
		HttpResponse<String> response = post("/books/callable", job);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("X-Job-Id")).hasValue(job);
		assertThat(send(get("/progress/jobs/" + job)).body()).contains("\"state\":\"done\"");
		assertThat(post("/books/callable", job).statusCode()).isEqualTo(409);
	}

	@Test
	void futureOfAControllerEndsItsJob() throws Exception {
		String job = UUID.randomUUID().toString();
		HttpResponse<String> response = post("/books/future", job);
		assertThat(response.headers().firstValue("X-Job-Id")).hasValue(job);
		assertThat(send(get("/progress/jobs/" + job)).body()).contains("\"state\":\"done\"");
	}

	@Test
	void clientThatLeavesIsNoticedWithinTwoHeartbeats(CapturedOutput output) throws IOException {
		EventStreams feeds = this.context.getBean(EventStreams.class);
		CountDownLatch book = LibraryApplication.holdBooks();
		try {
			String job = UUID.randomUUID().toString();
			CompletableFuture<?> printing = this.client.sendAsync(postRequest("/books/held", job),
					BodyHandlers.discarding());
			for (int i = 0; i < 10; i++) {
				TickReader left = TickReader.get(Container.port(this.context), "/progress/jobs/" + job + "/events");
				left.skipTicks(1);
				if (i % 2 == 0) {
					left.reset();
				}
				else {
					left.close();
				}
			}
			await().atMost(5, TimeUnit.SECONDS).until(() -> feeds.streams() == 0);
			assertThat(printing).isNotDone();
		}
		finally {
			book.countDown();
		}
		assertThat(output.getAll()).doesNotContain("WARN", "ERROR");
	}

	private HttpResponse<String> post(String path, String job, String... headers) throws Exception {
		return send(postRequest(path, job, headers));
	}

	private HttpRequest postRequest(String path, String job, String... headers) {
		HttpRequest.Builder request = request(path, headers).POST(HttpRequest.BodyPublishers.noBody());
		return ((job != null) ? request.header("X-Job-Id", job) : request).build();
	}

	private HttpRequest get(String path, String... headers) {
		return request(path, headers).GET().build();
	}

	private HttpRequest.Builder request(String path, String... headers) {
		HttpRequest.Builder request = HttpRequest
			.newBuilder(URI.create("http://localhost:" + Container.port(this.context) + path));
		return (headers.length > 0) ? request.headers(headers) : request;
	}

	private HttpResponse<String> send(HttpRequest request) throws Exception {
		return this.client.send(request, BodyHandlers.ofString());
	}

}
