package io.progress.sse.sample.pdf;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipInputStream;

import javax.imageio.ImageIO;

import io.progress.sse.sample.Pictures;
import io.progress.sse.sample.RawEvent;
import io.progress.sse.sample.RawStream;
import io.progress.sse.sample.SampleClient;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.assertj.core.data.Offset;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

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
 * The PDF API, as its documentation describes it.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "sample.pdf.max-html=100KB", "sample.pdf.max-items=3", "sample.pdf.max-pages=20" })
class PdfApiIT {

	private static final String PAGE_BREAK = "<p style='page-break-before: always'>";

	private String server;

	private SampleClient client;

	@BeforeEach
	void connect(@LocalServerPort int port) {
		this.server = "http://localhost:" + port;
		this.client = new SampleClient(port);
	}

	@Test
	void aDocumentGoesThroughItsPhasesAndEndsWithADownload() throws IOException {
		ResponseEntity<Map<String, Object>> answer = generate(
				"<h1>Zwölf € Привет</h1>" + (PAGE_BREAK + "more").repeat(4), """
						{"page_size": "A5", "orientation": "landscape", "margins": {"top": 10, "left": 12.5},
						"watermark": "DRAFT", "page_numbers": true}""");
		assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.ACCEPTED);
		String id = id(answer, "job_id");
		assertThat(answer.getHeaders().getFirst("X-Job-Id")).isEqualTo(id);
		try (RawStream stream = stream(id)) {
			assertThat(stream.header("Content-Type")).isEqualTo("text/event-stream;charset=UTF-8");
			List<RawEvent> events = stream.toTheEnd();
			assertThat(events.get(0).lines()).startsWith("retry: 3000", ": progress-sse", "event: progress");
			assertThat(events).allSatisfy((event) -> {
				assertThat(event.name()).isEqualTo("progress");
				assertThat(event.json().keySet())
					.isEqualTo(Set.of("phase", "progress", "message", "data", "occurred_at"));
				assertThat(OffsetDateTime.parse(text(event, "occurred_at"))).isNotNull();
			});
			assertThat(events.stream().map((event) -> text(event, "phase")).distinct()).containsExactly("queued",
					"preprocessing", "rendering", "postprocess", "uploading", "done");
			assertThat(events.stream().map((event) -> (Double) event.get("progress")).filter(Objects::nonNull))
				.isSorted()
				.allMatch((progress) -> progress >= 0 && progress <= 1)
				.endsWith(1.0);
			try (PDDocument pdf = download(last(events))) {
				assertThat(pdf.getNumberOfPages()).isEqualTo(5);
				assertThat(pdf.getPage(0).getMediaBox().getWidth()).isCloseTo(595, within(1));
				assertThat(pdf.getPage(0).getMediaBox().getHeight()).isCloseTo(420, within(1));
				assertThat(new PDFTextStripper().getText(pdf)).contains("Zwölf € Привет", "DRAFT", "1 / 5", "5 / 5");
			}
		}
	}

	@Test
	void theStreamMayBeOpenedBeforeTheWorkIsSent() {
		String id = UUID.randomUUID().toString();
		try (RawStream stream = stream(id)) {
			CompletableFuture<List<RawEvent>> seen = CompletableFuture.supplyAsync(stream::toTheEnd);
			assertThat(id(this.client.with("X-Job-Id", id).post("/api/pdf/generate-from-html", """
					{"html": "<p>hello"}"""), "job_id")).isEqualTo(id);
			List<RawEvent> events = seen.orTimeout(30, TimeUnit.SECONDS).join();
			assertThat(text(events.get(0), "phase")).isEqualTo("queued");
			assertThat(text(last(events), "phase")).isEqualTo("done");
		}
		assertThat(this.client.with("X-Job-Id", id).post("/api/pdf/generate-from-html", """
				{"html": "<p>hello"}""").getStatusCode()).isEqualTo(HttpStatus.CONFLICT);
	}

	@Test
	void aBatchCountsItsDocuments() throws IOException {
		ResponseEntity<Map<String, Object>> answer = this.client.post("/api/pdf/batch",
				json(Map.of("items", List.of(Map.of("html", "<p>first"), Map.of("html", PAGE_BREAK.repeat(30)),
						Map.of("html", "<p>third", "options", Map.of("page_numbers", true))))));
		try (RawStream stream = stream(id(answer, "batch_id"))) {
			List<RawEvent> events = stream.toTheEnd();
			assertThat(events.stream().map((event) -> text(event, "phase"))).contains("preprocessing", "rendering",
					"postprocess", "uploading");
			assertThat(events.stream()
				.map((event) -> ((Map<?, ?>) event.get("data")).get("completed_items"))
				.filter(Objects::nonNull)
				.map(Integer.class::cast)).isSorted().endsWith(3);
			Map<?, ?> data = (Map<?, ?>) last(events).get("data");
			assertThat(text(last(events), "phase")).isEqualTo("done");
			assertThat(data.get("total_items")).isEqualTo(3);
			assertThat(data.get("failed_items")).isEqualTo(1);
			assertThat(data.get("failures")).isEqualTo(List.of(Map.of("item", "document 2", "reason",
					"The document has 31 pages, more than the 20 that are allowed")));
			List<?> documents = (List<?>) data.get("documents");
			assertThat(documents).extracting((document) -> ((Map<?, ?>) document).get("item")).isEqualTo(List.of(1, 3));
			for (Object document : documents) {
				Loader.loadPDF(bytes(((Map<?, ?>) document).get("download_url"))).close();
			}
		}
	}

	@Test
	void aDocumentThatFailsSaysWhyAndWhere() {
		try (RawStream stream = stream(id(generate(PAGE_BREAK.repeat(30), "{}"), "job_id"))) {
			RawEvent last = last(stream.toTheEnd());
			assertThat(last.name()).isEqualTo("progress");
			assertThat(text(last, "phase")).isEqualTo("failed");
			assertThat(text(last, "message")).isEqualTo("The document has 31 pages, more than the 20 that are allowed");
			assertThat((Double) last.get("progress")).isLessThan(1);
		}
	}

	@Test
	void aClientThatLostItsStreamGoesOnWhereItWas() {
		String id = id(generate("<p>hello", "{}"), "job_id");
		RawEvent seen;
		try (RawStream stream = stream(id)) {
			stream.next();
			seen = stream.next().orElseThrow();
		}
		try (RawStream resumed = stream(id, "Last-Event-ID", String.valueOf(seen.id())); RawStream all = stream(id)) {
			List<String> ids = all.toTheEnd().stream().map(RawEvent::id).toList();
			assertThat(resumed.toTheEnd()).extracting(RawEvent::id)
				.isEqualTo(ids.subList(ids.indexOf(seen.id()) + 1, ids.size()));
			try (RawStream over = stream(id, "Last-Event-ID", ids.get(ids.size() - 1));
					RawStream stale = stream(id, "Last-Event-ID", "1748649600456-3")) {
				assertThat(over.status()).isEqualTo(204);
				assertThat(stale.status()).isEqualTo(410);
				assertThat(stale.body()).contains("\"latestId\":\"" + ids.get(ids.size() - 1) + "\"");
			}
		}
	}

	@Test
	void aClientWithoutAStreamAsksFromTimeToTime() {
		String url = "/api/pdf/jobs/" + id(generate("<p>hello", "{}"), "job_id");
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(this.client.json(url)).containsEntry("phase", "done"));
		assertThat(this.client.json(url)).containsEntry("progress", 1.0);
		assertThat(this.client.get("/api/pdf/jobs/nobody-knows", Map.class).getStatusCode())
			.isEqualTo(HttpStatus.NOT_FOUND);
	}

	@Test
	void aJobIsSeenByTheKeyThatStartedItOnly() {
		String id = id(this.client.with("X-API-Key", "demo-key").post("/api/pdf/generate-from-html", """
				{"html": "<p>hello"}"""), "job_id");
		try (RawStream own = stream(id, "X-API-Key", "demo-key");
				RawStream bearer = stream(id, "Authorization", "Bearer demo-key");
				RawStream wrong = stream(id, "X-API-Key", "wrong")) {
			assertThat(text(last(own.toTheEnd()), "phase")).isEqualTo("done");
			assertThat(text(last(bearer.toTheEnd()), "phase")).isEqualTo("done");
			assertThat(wrong.status()).isEqualTo(401);
		}
		assertThat(this.client.get("/api/pdf/jobs/" + id, Map.class).getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
	}

	@Test
	void filesAreMergedAndReadPageByPage() throws IOException {
		byte[] cats = pdf("<p>about cats" + PAGE_BREAK + "more cats");
		byte[] dogs = pdf("<p>about dogs");
		try (RawStream merging = stream(id(this.client.post("/api/pdf/merge", files(cats, dogs)), "job_id"))) {
			List<RawEvent> events = merging.toTheEnd();
			assertThat(phases(events)).containsExactly("queued", "preprocessing", "merging", "uploading", "done");
			try (PDDocument merged = download(last(events))) {
				assertThat(merged.getNumberOfPages()).isEqualTo(3);
				assertThat(new PDFTextStripper().getText(merged)).containsSubsequence("cats", "more cats", "dogs");
			}
		}
		try (RawStream reading = stream(id(this.client.post("/api/pdf/extract-text", files(cats, dogs)), "job_id"))) {
			List<RawEvent> events = reading.toTheEnd();
			assertThat(phases(events)).containsExactly("queued", "preprocessing", "extracting", "uploading", "done");
			Map<?, ?> data = (Map<?, ?>) last(events).get("data");
			assertThat(data.get("pages")).isEqualTo(3);
			assertThat(new String(bytes(data.get("download_url")), StandardCharsets.UTF_8))
				.containsSubsequence("about cats", "about dogs");
		}
	}

	@Test
	void aFileIsCompressed() throws IOException {
		byte[] album = pdf("<p>about cats<img src='data:image/png;base64,"
				+ Base64.getEncoder().encodeToString(Pictures.png(200, 150)) + "'>" + PAGE_BREAK + "more cats");
		try (RawStream stream = stream(id(this.client.post("/api/pdf/compress", files(album)), "job_id"))) {
			List<RawEvent> events = stream.toTheEnd();
			assertThat(phases(events)).containsExactly("queued", "preprocessing", "compressing", "uploading", "done");
			Map<?, ?> data = (Map<?, ?>) last(events).get("data");
			assertThat(data.get("pages")).isEqualTo(2);
			assertThat(data.get("original_bytes")).isEqualTo(album.length);
			assertThat((Integer) data.get("bytes")).isLessThan(album.length / 2);
			try (PDDocument compressed = download(last(events))) {
				assertThat(new PDFTextStripper().getText(compressed)).containsSubsequence("about cats", "more cats");
			}
		}
	}

	@Test
	void pagesBecomePictures() throws IOException {
		try (RawStream one = stream(id(this.client.post("/api/pdf/to-image",
				with(files(pdf("<p>about cats")), Map.of("format", "jpeg", "dpi", "72"))), "job_id"))) {
			List<RawEvent> events = one.toTheEnd();
			assertThat(phases(events)).containsExactly("queued", "preprocessing", "painting", "uploading", "done");
			byte[] picture = bytes(((Map<?, ?>) last(events).get("data")).get("download_url"));
			assertThat(picture).startsWith(0xff, 0xd8);
			assertThat(ImageIO.read(new ByteArrayInputStream(picture)).getWidth()).isCloseTo(595, Offset.offset(1));
		}
		byte[] two = pdf("<p>about cats" + PAGE_BREAK + "more cats");
		try (RawStream several = stream(id(this.client.post("/api/pdf/to-image", files(two)), "job_id"))) {
			Map<?, ?> data = (Map<?, ?>) last(several.toTheEnd()).get("data");
			assertThat(data.get("pages")).isEqualTo(2);
			assertThat(new ZipInputStream(new ByteArrayInputStream(bytes(data.get("download_url")))).getNextEntry())
				.hasToString("page-1.png");
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			format | gif | 'format' must be one of png, jpeg, but is 'gif'
			dpi    | 301 | 'dpi' must be a number from 36 to 300, but is '301'
			dpi    | x   | 'dpi' must be a number from 36 to 300, but is 'x'
			""", quoteCharacter = '"')
	void badPictureOptionsAreRefused(String option, String value, String detail) {
		assertRefused(this.client.post("/api/pdf/to-image", with(files(new byte[1]), Map.of(option, value))),
				HttpStatus.BAD_REQUEST, detail);
	}

	@Test
	void aDamagedFileFailsWithItsName() {
		byte[] damaged = "%PDF-1.7 and nothing else".getBytes(StandardCharsets.UTF_8);
		try (RawStream stream = stream(id(this.client.post("/api/pdf/merge", files(damaged, damaged)), "job_id"))) {
			RawEvent last = last(stream.toTheEnd());
			assertThat(text(last, "phase")).isEqualTo("failed");
			assertThat(text(last, "message")).isEqualTo("'0.pdf' is damaged");
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					generate-from-html | "{"                                          | "The body must be a JSON object, but cannot be read as one"
					generate-from-html | "[]"                                         | "The body must be a JSON object, but cannot be read as one"
					generate-from-html | "{}"                                         | "'html' must be a text, but is missing"
					generate-from-html | "{'html': ' '}"                              | "'html' must be a text, but is ' '"
					generate-from-html | "{'html': 1}"                                | "'html' must be a text, but is '1'"
					generate-from-html | "{'html': 'x', 'css': 'y'}"                  | "'css' is not known here; known are html, options"
					generate-from-html | "{'html': 'x', 'options': 'y'}"              | "'options' must be an object, but is 'y'"
					generate-from-html | "{'html': 'x', 'options': {'size': 'a4'}}"   | "'options.size' is not known here; known are margins, orientation, page_numbers, page_size, watermark"
					generate-from-html | "{'html': 'x', 'options': {'page_size': 'a9'}}" | "'options.page_size' must be one of a3, a4, a5, letter, legal, but is 'a9'"
					generate-from-html | "{'html': 'x', 'options': {'orientation': 7}}"  | "'options.orientation' must be one of portrait, landscape, but is '7'"
					generate-from-html | "{'html': 'x', 'options': {'page_numbers': 'yes'}}" | "'options.page_numbers' must be true or false, but is 'yes'"
					generate-from-html | "{'html': 'x', 'options': {'margins': {'top': 61}}}" | "'options.margins.top' must be a number from 0 to 60, but is '61'"
					generate-from-html | "{'html': 'x', 'options': {'margins': {'top': -1}}}" | "'options.margins.top' must be a number from 0 to 60, but is '-1'"
					generate-from-html | "{'html': 'x', 'options': {'watermark': '秘密'}}" | "'options.watermark' must be at most 40 Latin letters, digits and signs, but is '秘密'"
					batch              | "{}"                                         | "'items' must be a list of 1 to 3 objects, but is missing"
					batch              | "{'items': []}"                              | "'items' must be a list of 1 to 3 objects, but is '[]'"
					batch              | "{'items': [1, 2, 3, 4]}"                    | "'items' must be a list of 1 to 3 objects, but is '[1, 2, 3, 4]'"
					batch              | "{'items': ['x']}"                           | "'items[0]' must be an object, but is 'x'"
					batch              | "{'items': [{'html': 'x'}, {'html': ''}]}"   | "'items[1].html' must be a text, but is ''"
					""")
	void badInputIsRefused(String operation, String body, String detail) {
		assertRefused(this.client.post("/api/pdf/" + operation, body.replace('\'', '"')), HttpStatus.BAD_REQUEST,
				detail);
	}

	@Test
	void htmlThatIsTooLongIsRefused() {
		assertRefused(generate("x".repeat(102_401), "{}"), HttpStatus.BAD_REQUEST,
				"'html' must be at most 100 KB, but is '" + "x".repeat(40) + " (truncated)...'");
		assertThat(generate("x".repeat(5_000_000), "{}").getStatusCode()).isEqualTo(HttpStatus.CONTENT_TOO_LARGE);
	}

	@ParameterizedTest(name = "{0} {1}")
	@MethodSource
	void badFilesAreRefused(String operation, String what, MultipartBodyBuilder files, HttpStatus status,
			String detail) {
		assertRefused(this.client.post("/api/pdf/" + operation, files), status, detail);
	}

	static Stream<Arguments> badFilesAreRefused() {
		byte[] text = "hello".getBytes(StandardCharsets.UTF_8);
		return Stream.of(
				arguments("merge", "one file", files(text), HttpStatus.BAD_REQUEST,
						"'file' must be given twice at least, but is not"),
				arguments("merge", "no PDF", files(text, text), HttpStatus.UNSUPPORTED_MEDIA_TYPE,
						"'file' must be a PDF, but '0.pdf' is not"),
				arguments("compress", "two files", files(text, text), HttpStatus.BAD_REQUEST,
						"'file' must be given once, but is given 2 times"),
				arguments("compress", "no PDF", files(text), HttpStatus.UNSUPPORTED_MEDIA_TYPE,
						"'file' must be a PDF, but '0.pdf' is not"),
				arguments("to-image", "two files", files(text, text), HttpStatus.BAD_REQUEST,
						"'file' must be given once, but is given 2 times"),
				arguments("to-image", "no PDF", files(text), HttpStatus.UNSUPPORTED_MEDIA_TYPE,
						"'file' must be a PDF, but '0.pdf' is not"),
				arguments("extract-text", "no PDF", files(text), HttpStatus.UNSUPPORTED_MEDIA_TYPE,
						"'file' must be a PDF, but '0.pdf' is not"),
				arguments("extract-text", "no file", SampleClient.form(text, "png"), HttpStatus.UNSUPPORTED_MEDIA_TYPE,
						"'file' must be a PDF, but 'kätzchen.jpeg' is not"));
	}

	@Test
	void aJobIdThatCanBeGuessedIsRefused() {
		assertThat(this.client.with("X-Job-Id", "short").post("/api/pdf/generate-from-html", """
				{"html": "<p>hello"}""").getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
	}

	private ResponseEntity<Map<String, Object>> generate(String html, String options) {
		return this.client.post("/api/pdf/generate-from-html",
				"{\"html\": " + json(html) + ", \"options\": " + options + "}");
	}

	private byte[] pdf(String html) {
		try (RawStream stream = stream(id(generate(html, "{}"), "job_id"))) {
			return bytes(((Map<?, ?>) last(stream.toTheEnd()).get("data")).get("download_url"));
		}
	}

	private RawStream stream(String id, String... headers) {
		return RawStream.open(this.server + "/api/pdf/jobs/" + id + "/events", headers);
	}

	private PDDocument download(RawEvent done) throws IOException {
		return Loader.loadPDF(bytes(((Map<?, ?>) done.get("data")).get("download_url")));
	}

	private byte[] bytes(Object url) {
		return Objects.requireNonNull(this.client.get(String.valueOf(url), byte[].class).getBody());
	}

	private static MultipartBodyBuilder files(byte[]... contents) {
		MultipartBodyBuilder form = new MultipartBodyBuilder();
		for (int i = 0; i < contents.length; i++) {
			form.part("file", contents[i], MediaType.APPLICATION_PDF).filename(i + ".pdf");
		}
		return form;
	}

	private static MultipartBodyBuilder with(MultipartBodyBuilder form, Map<String, String> options) {
		options.forEach(form::part);
		return form;
	}

	private static void assertRefused(ResponseEntity<Map<String, Object>> answer, HttpStatus status, String detail) {
		assertThat(answer.getBody()).containsEntry("detail", detail);
		assertThat(answer.getStatusCode()).isEqualTo(status);
		assertThat(answer.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
	}

	private static String id(ResponseEntity<Map<String, Object>> accepted, String field) {
		assertThat(accepted.getBody()).containsKey(field);
		return String.valueOf(accepted.getBody().get(field));
	}

	private static List<String> phases(List<RawEvent> events) {
		return events.stream().map((event) -> text(event, "phase")).distinct().toList();
	}

	private static RawEvent last(List<RawEvent> events) {
		return events.get(events.size() - 1);
	}

	private static String text(RawEvent event, String member) {
		return String.valueOf(event.get(member));
	}

	private static String json(Object value) {
		return JsonMapper.shared().writeValueAsString(value);
	}

	private static Offset<Float> within(float offset) {
		return Offset.offset(offset);
	}

}
