package io.progress.sse.sample;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpStatus;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The APIs behind the {@code EventSource} of a real browser.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "progress.sse.cors.allow-credentials=true", "logging.level.org.openqa.selenium=error" })
class ApiBrowserIT {

	private static final ForeignPage ELSEWHERE = new ForeignPage();

	private static final byte[] TEXT = "All happy families are alike.\n".repeat(1000).getBytes(StandardCharsets.UTF_8);

	/** Notes what a page hears, until it has heard the last. */
	private static final String WATCH = """
			((url, last, withCredentials) => {
				window.seen = [];
				const source = new EventSource(url, { withCredentials });
				for (const name of ['progress', 'complete', 'done', 'error']) {
					source.addEventListener(name, (event) => {
						if (event.data === undefined) return;
						window.seen.push({ name, id: event.lastEventId, data: event.data });
						if (name === last) source.close();
					});
				}
			})('%s', '%s', %s)""";

	/** Sends a file as a page does, and answers with the job's id. */
	private static final String UPLOAD = """
			((server) => {
				const form = new FormData();
				form.append('file', new Blob(['All happy families are alike.']), 'novel.txt');
				return fetch(server + '/api/jobs', { method: 'POST', body: form, credentials: 'include' })
					.then((answer) => answer.json())
					.then((job) => job.jobId);
			})('%s')""";

	@TempDir
	Path profile;

	private Browser browser;

	private String server;

	private SampleClient client;

	@DynamicPropertySource
	static void listOrigins(DynamicPropertyRegistry registry) {
		registry.add("progress.sse.cors.allowed-origins", ELSEWHERE::origin);
	}

	@BeforeEach
	void open(@LocalServerPort int port) {
		this.browser = Browser.open(this.profile);
		this.server = "http://localhost:" + port;
		this.client = new SampleClient(port).with("X-API-Key", "sk-demo");
	}

	@AfterEach
	void close() {
		if (this.browser != null) {
			this.browser.close();
		}
	}

	@AfterAll
	static void closePage() {
		ELSEWHERE.close();
	}

	@Test
	void aPageWithACookieWatchesAConversion() {
		signIn();
		String id = convert(Pictures.jpeg(1200, 900));
		watch("/api/v1/convert/" + id + "/stream", "complete", false);
		Heard last = waitFor("complete");
		assertThat(String.valueOf(last.data())).contains("\"download_url\":");
		assertThat(seen()).extracting(Heard::name).containsOnly("progress", "complete");
		assertThat(seen()).extracting(Heard::data)
			.contains("{\"step\":\"validating\",\"percent\":10}", "{\"step\":\"compressing\",\"percent\":80}");
	}

	@Test
	void aPageWithATicketWatchesAConversionThatFails() {
		this.browser.visit(this.server + "/");
		String id = convert(Arrays.copyOf(Pictures.transparentPng(100, 100), 50));
		Object ticket = Objects.requireNonNull(this.client.post("/progress/jobs/" + id + "/tickets", "").getBody())
			.get("ticket");
		watch("/api/v1/convert/" + id + "/stream?ticket=" + ticket, "error", false);
		assertThat(waitFor("error").data())
			.isEqualTo("{\"message\":\"The picture is damaged or of a kind that cannot be read\"}");
	}

	@Test
	void aPageOfAnotherOriginUploadsAndWatchesWithItsCookie() {
		signIn();
		this.browser.visit(ELSEWHERE.origin());
		Object id = this.browser.evaluate(UPLOAD.formatted(this.server));
		watch(this.server + "/api/jobs/" + id + "/events", "done", true);
		assertThat(waitFor("done").data()).isEqualTo("{\"jobId\":\"" + id + "\"}");
		assertThat(seen()).extracting(Heard::id).doesNotContain("").doesNotHaveDuplicates();
		assertThat(new SampleClient(URI.create(this.server).getPort()).get("/api/jobs/" + id, String.class)
			.getStatusCode()).as("what somebody else sees").isEqualTo(HttpStatus.NOT_FOUND);
		assertThat(this.browser.evaluate("fetch('" + this.server + "/api/jobs/" + id
				+ "', { credentials: 'include' }).then((answer) => answer.json()).then((job) => job.status)"))
			.isEqualTo("completed");
	}

	@Test
	void onePageWatchesManyUploadsOnOneStream() {
		signIn();
		String first = upload();
		String second = upload();
		watch("/api/jobs/events?job=" + first + "&job=" + second, "", false);
		Awaitility.await()
			.untilAsserted(() -> assertThat(seen()).extracting(Heard::data)
				.contains("{\"jobId\":\"" + first + "\"}", "{\"jobId\":\"" + second + "\"}"));
	}

	@Test
	void aPageThatLosesItsLineMissesNothing(@LocalServerPort int port) throws IOException {
		try (FlakyLine line = new FlakyLine(port)) {
			this.browser.visit("http://localhost:" + line.port() + "/");
			String id = new SampleClient(port).demo("steps=30&delayMs=100").getHeaders().getFirst("X-Job-Id");
			watch("/api/v1/convert/" + id + "/stream", "complete", false);
			Awaitility.await().untilAsserted(() -> assertThat(seen()).hasSizeGreaterThan(3));
			line.cut();
			line.mend();
			waitFor("complete");
			// The second event says no more than that the job runs, which this API has no
			// word for.
			assertThat(seen()).extracting(Heard::number)
				.isEqualTo(
						LongStream.rangeClosed(1, seen().size() + 1).filter((number) -> number != 2).boxed().toList());
		}
	}

	private void signIn() {
		this.browser.visit(this.server + "/");
		assertThat(this.browser.evaluate("fetch('/api/session', { method: 'POST', "
				+ "headers: { 'X-API-Key': 'sk-demo' } }).then((answer) => answer.status)"))
			.isEqualTo(204L);
	}

	private String convert(byte[] picture) {
		return String
			.valueOf(Objects.requireNonNull(this.client.convert(picture, "png").getBody()).get("conversion_id"));
	}

	private String upload() {
		return String.valueOf(Objects.requireNonNull(this.client.upload(SampleClient.file("novel.txt", TEXT)).getBody())
			.get("jobId"));
	}

	private void watch(String url, String last, boolean withCredentials) {
		this.browser.evaluate(WATCH.formatted(url, last, withCredentials));
	}

	private Heard waitFor(String name) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> seen().stream().anyMatch((event) -> name.equals(event.name())));
		return seen().get(seen().size() - 1);
	}

	private List<Heard> seen() {
		return ((List<?>) this.browser.evaluate("window.seen")).stream().map(Heard::new).toList();
	}

	/**
	 * An event as a page has heard it.
	 *
	 * @param name its name
	 * @param id the page's last event id
	 * @param data its data
	 */
	private record Heard(Object name, Object id, Object data) {

		Heard(Object event) {
			this(((Map<?, ?>) event).get("name"), ((Map<?, ?>) event).get("id"), ((Map<?, ?>) event).get("data"));
		}

		long number() {
			String text = String.valueOf(this.id);
			return Long.parseLong(text.substring(text.indexOf('-') + 1));
		}

	}

}
