package io.progress.sse.sample;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import javax.imageio.ImageIO;

import io.progress.sse.sample.files.TemporaryFolder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.annotation.Autowired;
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
 * The upload-processing API, as its documentation describes it.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = { "sample.max-upload=2MB",
		"progress.sse.cors.allowed-origins=https://app.example", "progress.sse.cors.allow-credentials=true" })
class UploadApiIT {

	private static final byte[] TEXT = "All happy families are alike.\n".repeat(1000).getBytes(StandardCharsets.UTF_8);

	private String server;

	private SampleClient client;

	@BeforeEach
	void connect(@LocalServerPort int port) {
		this.server = "http://localhost:" + port;
		this.client = new SampleClient(port);
	}

	@Test
	void anUploadGoesThroughItsStages() {
		String id = upload("novel.txt", TEXT);
		try (RawStream stream = stream(id)) {
			List<RawEvent> events = new ArrayList<>(stream.toTheEnd());
			assertThat(events.get(0).field("retry")).isEqualTo("5000");
			RawEvent last = events.remove(events.size() - 1);
			assertThat(events).allSatisfy((event) -> {
				assertThat(event.name()).isEqualTo("progress");
				assertThat(event.id()).isNotNull();
				assertThat(event.json().keySet()).isEqualTo(Set.of("jobId", "stage", "percent"));
			});
			assertThat(events).extracting((event) -> event.get("stage"))
				.containsSubsequence("scanning", "transcoding", "storing");
			assertThat(last.name()).isEqualTo("done");
			assertThat(last.id()).isNotNull();
			assertThat(last.data()).isEqualTo("{\"jobId\":\"" + id + "\"}");
		}
		assertThat(this.client.json("/api/jobs/" + id)).isEqualTo(Map.of("status", "completed", "jobId", id));
	}

	@Test
	void textsAreCompressed() throws IOException {
		Map<?, ?> result = result(upload("novel.txt", TEXT));
		assertThat(result.get("media_type")).isEqualTo("text/plain");
		assertThat(result.get("sha256")).isEqualTo("cd6f391979161eb2305365ddb6eb6ec2b34bed3ca31c61f7574b01142002617a");
		ResponseEntity<byte[]> stored = this.client.get(String.valueOf(result.get("download_url")), byte[].class);
		assertThat(stored.getHeaders().getContentDisposition().getFilename()).isEqualTo("novel.txt.gz");
		assertThat(stored.getBody()).hasSizeLessThan(1000);
		assertThat(new GZIPInputStream(new ByteArrayInputStream(stored.getBody())).readAllBytes()).isEqualTo(TEXT);
	}

	@Test
	void picturesLoseWhatTheCameraKnew() throws IOException {
		Map<?, ?> result = result(upload("holiday.png", Pictures.turnedJpeg(60, 40)));
		assertThat(result.get("media_type")).isEqualTo("image/jpeg");
		byte[] stored = this.client.get(String.valueOf(result.get("download_url")), byte[].class).getBody();
		assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain("Exif");
		assertThat(ImageIO.read(new ByteArrayInputStream(stored)))
			.matches((picture) -> picture.getWidth() == 40 && picture.getHeight() == 60);
	}

	@Test
	void otherFilesAreStoredAsTheyAre() {
		byte[] zip = zip(TEXT);
		Map<?, ?> result = result(upload("novel.zip", zip));
		assertThat(result.get("media_type")).isEqualTo("application/zip");
		assertThat(this.client.get(String.valueOf(result.get("download_url")), byte[].class).getBody()).isEqualTo(zip);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void aFileThatMayNotBeHereFails(String name, byte[] content, String message, @Autowired TemporaryFolder folder) {
		String id = upload(name, content);
		try (RawStream stream = stream(id)) {
			List<RawEvent> events = stream.toTheEnd();
			assertThat(events.get(events.size() - 1)).returns("error", RawEvent::name)
				.returns("{\"message\":\"" + message + "\"}", RawEvent::data);
		}
		assertThat(this.client.json("/api/jobs/" + id)).isEqualTo(Map.of("status", "error", "message", message));
		Awaitility.await()
			.untilAsserted(() -> assertThat(folder.path())
				.isDirectoryNotContaining((file) -> !file.toString().endsWith(".stored")));
	}

	static Stream<Arguments> aFileThatMayNotBeHereFails() {
		return Stream.of(
				arguments("bomb.zip", zip(new byte[2_000_000]), "The archive unpacks to more than 100 times its size"),
				arguments("damaged.zip", "PK\3\4 and nothing else".getBytes(StandardCharsets.UTF_8),
						"The archive is damaged or locked, and so cannot be looked into"),
				arguments("holiday.jpg", "#!/bin/sh\nrm -rf /\n".getBytes(StandardCharsets.UTF_8),
						"Files of type application/x-sh are not accepted"),
				arguments("notes.txt", "MZ\220\0\3\0\0\0\4\0\0\0".getBytes(StandardCharsets.ISO_8859_1),
						"Files of type application/x-msdownload are not accepted"),
				arguments("broken.png", Arrays.copyOf(Pictures.transparentPng(100, 100), 50),
						"The picture is damaged or of a kind that cannot be read"));
	}

	@Test
	void aClientThatLostItsStreamGoesOnWhereItWas() {
		String id = upload("novel.txt", TEXT);
		List<String> ids;
		try (RawStream all = stream(id)) {
			ids = all.toTheEnd().stream().map(RawEvent::id).toList();
		}
		assertThat(ids).hasSizeGreaterThan(3).doesNotHaveDuplicates().doesNotContainNull();
		try (RawStream resumed = stream(id, "Last-Event-ID", ids.get(1));
				RawStream over = stream(id, "Last-Event-ID", ids.get(ids.size() - 1));
				RawStream stale = stream(id, "Last-Event-ID", "1748649600456-3")) {
			assertThat(resumed.toTheEnd()).extracting(RawEvent::id).isEqualTo(ids.subList(2, ids.size()));
			assertThat(over.status()).isEqualTo(204);
			assertThat(stale.status()).isEqualTo(410);
		}
	}

	@Test
	void oneStreamShowsManyJobs() {
		String good = upload("novel.txt", TEXT);
		String bad = upload("damaged.gz", new byte[] { 0x1f, (byte) 0x8b, 8, 0 });
		try (RawStream stream = RawStream.open(this.server + "/api/jobs/events?job=" + good + "&job=" + bad)) {
			List<RawEvent> events = stream.toTheEnd();
			assertThat(events.get(0).field("retry")).isEqualTo("5000");
			assertThat(events).extracting((event) -> event.get("jobId")).containsOnly(good, bad);
			assertThat(events).extracting(RawEvent::name).containsOnlyOnce("done").containsOnlyOnce("error");
			RawEvent seen = events.get(2);
			try (RawStream resumed = RawStream.open(this.server + "/api/jobs/events?job=" + good + "&job=" + bad,
					"Last-Event-ID", String.valueOf(seen.id()))) {
				assertThat(resumed.toTheEnd()).hasSize(events.size() - 3);
			}
		}
	}

	@Test
	void onlyPagesOfListedOriginsSeeJobs() {
		String id = upload("novel.txt", TEXT);
		try (RawStream listed = stream(id, "Origin", "https://app.example");
				RawStream other = stream(id, "Origin", "https://other.example")) {
			assertThat(listed.status()).isEqualTo(200);
			assertThat(listed.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example");
			assertThat(listed.header("Access-Control-Allow-Credentials")).isEqualTo("true");
			assertThat(other.status()).isEqualTo(403);
		}
		ResponseEntity<Map<String, Object>> submitted = this.client.with("Origin", "https://app.example")
			.upload(SampleClient.file("novel.txt", TEXT));
		assertThat(submitted.getStatusCode()).isEqualTo(HttpStatus.ACCEPTED);
		assertThat(submitted.getHeaders().getAccessControlAllowOrigin()).isEqualTo("https://app.example");
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void badInputIsRefused(String what, MultipartBodyBuilder form, HttpStatus status, String detail) {
		ResponseEntity<Map<String, Object>> answer = this.client.upload(form);
		assertThat(answer.getStatusCode()).isEqualTo(status);
		assertThat(answer.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
		assertThat(answer.getBody()).containsEntry("detail", detail);
	}

	static Stream<Arguments> badInputIsRefused() {
		MultipartBodyBuilder none = new MultipartBodyBuilder();
		none.part("other", "hello");
		MultipartBodyBuilder text = new MultipartBodyBuilder();
		text.part("file", "hello");
		MultipartBodyBuilder two = SampleClient.file("a.txt", TEXT);
		two.part("file", "hello");
		return Stream.of(
				arguments("no file", none, HttpStatus.BAD_REQUEST, "Required request part 'file' is not present."),
				arguments("a text for a file", text, HttpStatus.BAD_REQUEST, "'file' must be a file, but is a text"),
				arguments("two files", two, HttpStatus.BAD_REQUEST, "'file' must be one file, but there are 2"),
				arguments("an empty file", SampleClient.file("a.txt", new byte[0]), HttpStatus.BAD_REQUEST,
						"'file' must not be empty"),
				arguments("too large a file", SampleClient.file("a.bin", new byte[3_000_000]),
						HttpStatus.CONTENT_TOO_LARGE, "'file' must be at most 2 MB, but is larger"));
	}

	private String upload(String name, byte[] content) {
		ResponseEntity<Map<String, Object>> answer = this.client.upload(SampleClient.file(name, content));
		assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.ACCEPTED);
		return String.valueOf(answer.getBody().get("jobId"));
	}

	private RawStream stream(String id, String... headers) {
		return RawStream.open(this.server + "/api/jobs/" + id + "/events", headers);
	}

	private Map<?, ?> result(String id) {
		stream(id).toTheEnd();
		return (Map<?, ?>) this.client.json("/progress/jobs/" + id).get("result");
	}

	private static byte[] zip(byte[] content) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		try (ZipOutputStream zip = new ZipOutputStream(out)) {
			zip.putNextEntry(new ZipEntry("content"));
			zip.write(content);
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
		return out.toByteArray();
	}

}
