package io.progress.sse.sample;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.MultipartBodyBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * The conversion API, as its documentation describes it.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "sample.max-upload=2MB")
class ConversionApiIT {

	private static final byte[] DAMAGED = Arrays.copyOf(Pictures.transparentPng(100, 100), 50);

	private String server;

	private SampleClient client;

	@BeforeEach
	void connect(@LocalServerPort int port) {
		this.server = "http://localhost:" + port;
		this.client = new SampleClient(port);
	}

	@Test
	void aConversionGoesThroughItsStepsAndEndsWithADownload() {
		String id = convert(Pictures.jpeg(1200, 900));
		try (RawStream stream = stream(id)) {
			assertThat(stream.header("Content-Type")).isEqualTo("text/event-stream;charset=UTF-8");
			List<RawEvent> events = new ArrayList<>(stream.toTheEnd());
			assertThat(events.get(0).field("retry")).isEqualTo("3000");
			RawEvent last = events.remove(events.size() - 1);
			assertThat(events).allSatisfy((event) -> {
				assertThat(event.name()).isEqualTo("progress");
				assertThat(event.id()).isNotNull();
				assertThat(event.json().keySet()).isEqualTo(Set.of("step", "percent"));
			});
			assertThat(events).extracting(RawEvent::data)
				.contains("{\"step\":\"validating\",\"percent\":10}")
				.anyMatch((data) -> data.startsWith("{\"step\":\"converting\",\"percent\":"))
				.contains("{\"step\":\"compressing\",\"percent\":80}");
			assertThat(events).extracting((event) -> event.get("percent"))
				.filteredOn((percent) -> percent != null)
				.extracting((percent) -> (Integer) percent)
				.isSorted();
			assertThat(last.name()).isEqualTo("complete");
			assertThat(this.client.get(String.valueOf(last.get("download_url")), byte[].class).getStatusCode())
				.isEqualTo(HttpStatus.OK);
		}
	}

	@Test
	void aConversionThatFailsSaysWhy() {
		String id = convert(DAMAGED);
		try (RawStream stream = stream(id)) {
			RawEvent last = last(stream.toTheEnd());
			assertThat(last.name()).isEqualTo("error");
			assertThat(last.data())
				.isEqualTo("{\"message\":\"The picture is damaged or of a kind that cannot be read\"}");
		}
		assertThat(poll(id))
			.isEqualTo(Map.of("status", "error", "message", "The picture is damaged or of a kind that cannot be read"));
	}

	@Test
	void aClientThatLostItsStreamGoesOnWhereItWas() {
		String id = convert(Pictures.jpeg(1200, 900));
		RawEvent seen;
		try (RawStream stream = stream(id)) {
			stream.next();
			seen = stream.next().orElseThrow();
		}
		try (RawStream resumed = stream(id, "Last-Event-ID", String.valueOf(seen.id())); RawStream all = stream(id)) {
			List<String> ids = all.toTheEnd().stream().map(RawEvent::id).toList();
			assertThat(resumed.toTheEnd()).extracting(RawEvent::id)
				.isEqualTo(ids.subList(ids.indexOf(seen.id()) + 1, ids.size()));
			try (RawStream over = stream(id, "Last-Event-ID", ids.get(ids.size() - 1))) {
				assertThat(over.status()).isEqualTo(204);
			}
		}
	}

	@Test
	void aClientWithoutAStreamAsksFromTimeToTime() {
		String id = convert(Pictures.jpeg(1200, 900));
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(poll(id)).containsEntry("status", "completed"));
		assertThat(poll(id)).containsKey("download_url");
		String running = this.client.demo("steps=100&delayMs=100").getHeaders().getFirst("X-Job-Id");
		assertThat(poll(running)).containsEntry("status", "processing").containsKeys("step", "percent");
		assertThat(this.client.get("/api/v1/convert/nobody-knows", Map.class).getStatusCode())
			.isEqualTo(HttpStatus.NOT_FOUND);
	}

	@Test
	void aConversionIsSeenByTheKeyThatStartedItOnly() {
		String id = String.valueOf(this.client.with("Authorization", "Bearer demo-key")
			.convert(Pictures.jpeg(10, 10), "png")
			.getBody()
			.get("conversion_id"));
		try (RawStream own = stream(id, "Authorization", "Bearer demo-key");
				RawStream cookie = stream(id, "Cookie", "api_key=demo-key");
				RawStream wrong = stream(id, "Authorization", "Bearer wrong")) {
			assertThat(last(own.toTheEnd()).name()).isEqualTo("complete");
			assertThat(last(cookie.toTheEnd()).name()).isEqualTo("complete");
			assertThat(wrong.status()).isEqualTo(401);
		}
		assertThat(this.client.get("/api/v1/convert/" + id, Map.class).getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void badInputIsRefused(String what, MultipartBodyBuilder form, HttpStatus status, String detail) {
		ResponseEntity<Map<String, Object>> answer = this.client.convert(form);
		assertThat(answer.getStatusCode()).isEqualTo(status);
		assertThat(answer.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
		assertThat(answer.getBody()).containsEntry("detail", detail);
	}

	static Stream<Arguments> badInputIsRefused() {
		byte[] picture = Pictures.jpeg(10, 10);
		MultipartBodyBuilder noFormat = SampleClient.form(picture);
		MultipartBodyBuilder textFile = new MultipartBodyBuilder();
		textFile.part("file", "hello");
		textFile.part("format", "png");
		MultipartBodyBuilder noFile = new MultipartBodyBuilder();
		noFile.part("format", "png");
		return Stream.of(
				arguments("no file", noFile, HttpStatus.BAD_REQUEST, "Required request part 'file' is not present."),
				arguments("no format", noFormat, HttpStatus.BAD_REQUEST,
						"Required request part 'format' is not present."),
				arguments("a text for a file", textFile, HttpStatus.BAD_REQUEST,
						"'file' must be a file, but is a text"),
				arguments("an unknown format", SampleClient.form(picture, "docx"), HttpStatus.BAD_REQUEST,
						"'format' must be one of png, jpeg, gif, but is 'docx'"),
				arguments("no picture", SampleClient.form(new byte[9], "png"), HttpStatus.UNSUPPORTED_MEDIA_TYPE,
						"The file is not a picture that can be read here"),
				arguments("an empty file", SampleClient.form(new byte[0], "png"), HttpStatus.UNSUPPORTED_MEDIA_TYPE,
						"The file is not a picture that can be read here"),
				arguments("too large a file", SampleClient.form(new byte[3_000_000], "png"),
						HttpStatus.CONTENT_TOO_LARGE, "'file' must be at most 2 MB, but is larger"));
	}

	private String convert(byte[] picture) {
		ResponseEntity<Map<String, Object>> answer = this.client.convert(picture, "png");
		assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.ACCEPTED);
		return String.valueOf(answer.getBody().get("conversion_id"));
	}

	private RawStream stream(String id, String... headers) {
		return RawStream.open(this.server + "/api/v1/convert/" + id + "/stream", headers);
	}

	private Map<String, Object> poll(String id) {
		return this.client.json("/api/v1/convert/" + id);
	}

	private static RawEvent last(List<RawEvent> events) {
		return events.get(events.size() - 1);
	}

}
