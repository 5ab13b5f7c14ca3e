package io.progress.sse.sample;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.LongStream;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.test.StepVerifier;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.MultipartBodyBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The whole application, as visitors meet it.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "sample.max-upload=12MB", "sample.max-pixels=12000000" })
class SampleApplicationIT {

	private SampleClient client;

	@BeforeEach
	void connect(@LocalServerPort int port) {
		this.client = new SampleClient(port);
	}

	@Test
	void aLargePictureIsConvertedWhileAVisitorWatches() throws IOException {
		ResponseEntity<Map<String, Object>> answer = this.client.convert(Pictures.jpeg(4000, 3000), "png");
		assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.ACCEPTED);
		assertThat(answer.getBody()).containsEntry("conversion_id", answer.getHeaders().getFirst("X-Job-Id"));

		List<Seen> events = this.client.watchToTheEnd(SampleClient.stream(answer));
		Seen last = events.get(events.size() - 1);
		assertThat(events).hasSizeGreaterThanOrEqualTo(6);
		assertThat(events).extracting((event) -> event.get("phase"))
			.containsSubsequence("validating", "converting", "compressing");
		assertThat(events).extracting(Seen::number)
			.isEqualTo(LongStream.rangeClosed(1, events.size()).boxed().toList());
		assertThat(events.get(0).at()).isBefore(last.occurredAt());
		assertThat(events).extracting(Seen::name).containsOnlyOnce("done").endsWith("done");

		ResponseEntity<byte[]> download = this.client.get(String.valueOf(last.get("result", "download_url")),
				byte[].class);
		BufferedImage image = ImageIO.read(new ByteArrayInputStream(Objects.requireNonNull(download.getBody())));
		assertThat(download.getHeaders().getContentType()).isEqualTo(MediaType.IMAGE_PNG);
		assertThat(download.getHeaders().getContentDisposition().getFilename()).isEqualTo("kätzchen.png");
		assertThat(image).matches((picture) -> picture.getWidth() == 4000 && picture.getHeight() == 3000);
	}

	@Test
	void aJobGetsTheIdThatTheVisitorChose() {
		String id = UUID.randomUUID().toString();
		assertThat(this.client.convertAs(id, Pictures.jpeg(10, 10), "png").getBody()).containsEntry("conversion_id",
				id);
		assertThat(this.client.convertAs(id, Pictures.jpeg(10, 10), "png").getStatusCode())
			.isEqualTo(HttpStatus.CONFLICT);
	}

	@Test
	void aViewerThatComesBackSeesWhatItMissed() {
		String stream = SampleClient.stream(this.client.demo("steps=10&delayMs=100"));
		List<Seen> all = this.client.watchToTheEnd(stream);
		StepVerifier.create(this.client.watch(stream, all.get(2).id()).map(Seen::id))
			.expectNextSequence(all.stream().skip(3).map(Seen::id).toList())
			.expectComplete()
			.verify(Duration.ofSeconds(10));
	}

	@Test
	void aViewerThatHasSeenTheEndIsToldToStop() {
		String stream = SampleClient.stream(this.client.demo("steps=1&delayMs=0"));
		List<Seen> all = this.client.watchToTheEnd(stream);
		assertThat(this.client.statusOf(stream, all.get(all.size() - 1).id())).isEqualTo(HttpStatus.NO_CONTENT);
	}

	@Test
	void aMadeUpPositionBeginsAnew() {
		String stream = SampleClient.stream(this.client.demo("steps=1&delayMs=0"));
		this.client.watchToTheEnd(stream);
		assertThat(this.client.statusOf(stream, "1748649600456-3")).isEqualTo(HttpStatus.OK);
	}

	@Test
	void aJobRunsOnWhenItsViewersLeave() {
		String stream = SampleClient.stream(this.client.demo("steps=10&delayMs=100"));
		StepVerifier.create(this.client.watch(stream)).expectNextCount(2).thenCancel().verify(Duration.ofSeconds(10));
		StepVerifier.create(this.client.watch(stream)).expectNextCount(2).thenCancel().verify(Duration.ofSeconds(10));
		assertThat(this.client.watchToTheEnd(stream)).last()
			.returns("done", Seen::name)
			.returns(10, (event) -> event.get("completed"));
	}

	@Test
	void aLateViewerSeesTheSameAsAnEarlyOne() {
		String stream = SampleClient.stream(this.client.demo("steps=20&delayMs=100"));
		List<String> early = this.client.watch(stream)
			.map(Seen::id)
			.take(4)
			.collectList()
			.block(Duration.ofSeconds(10));
		List<String> late = this.client.watchToTheEnd(stream).stream().map(Seen::id).toList();
		assertThat(late).startsWith(Objects.requireNonNull(early).toArray(String[]::new)).doesNotHaveDuplicates();
		assertThat(this.client.watchToTheEnd(stream)).extracting(Seen::id).isEqualTo(late);
	}

	@Test
	void aDemoFailsWhereItIsAskedTo() {
		String stream = SampleClient.stream(this.client.demo("steps=9&delayMs=1&failAt=4"));
		assertThat(this.client.watchToTheEnd(stream)).last()
			.returns("failed", Seen::name)
			.returns("step 4 of 9", (event) -> event.get("message"))
			.returns("Step 4 failed, as you asked", (event) -> event.get("error", "message"));
	}

	@Test
	void aDamagedPictureFailsWithWordsForVisitors() {
		byte[] damaged = Arrays.copyOf(Pictures.transparentPng(100, 100), 50);
		ResponseEntity<Map<String, Object>> answer = this.client.convert(damaged, "gif");
		assertThat(this.client.watchToTheEnd(SampleClient.stream(answer))).last()
			.returns("failed", Seen::name)
			.returns("unreadable-picture", (event) -> event.get("error", "code"))
			.returns("The picture is damaged or of a kind that cannot be read",
					(event) -> event.get("error", "message"));
	}

	@Test
	void aPictureWithTooManyPixelsIsNotDecoded() {
		ResponseEntity<Map<String, Object>> answer = this.client.convert(Pictures.transparentPng(4001, 3000), "gif");
		assertThat(this.client.watchToTheEnd(SampleClient.stream(answer))).last()
			.returns("too-many-pixels", (event) -> event.get("error", "code"));
	}

	@Test
	void anUploadWithoutAFileIsRefused() {
		MultipartBodyBuilder body = new MultipartBodyBuilder();
		body.part("format", "png");
		assertRefused(this.client.convert(body), HttpStatus.BAD_REQUEST,
				"Required request part 'file' is not present.");
	}

	@Test
	void aTextInsteadOfAFileIsRefused() {
		MultipartBodyBuilder body = new MultipartBodyBuilder();
		body.part("file", "hello");
		body.part("format", "png");
		assertRefused(this.client.convert(body), HttpStatus.BAD_REQUEST, "'file' must be a file, but is a text");
	}

	@Test
	void aFileThatIsNoPictureIsRefused() {
		assertRefused(this.client.convert(new byte[100], "png"), HttpStatus.UNSUPPORTED_MEDIA_TYPE,
				"The file is not a picture that can be read here");
	}

	@Test
	void aFileThatIsTooLargeIsRefused() {
		assertRefused(this.client.convert(new byte[13_000_000], "png"), HttpStatus.CONTENT_TOO_LARGE,
				"'file' must be at most 12 MB, but is larger");
	}

	@Test
	void anUnknownFormatIsRefused() {
		assertRefused(this.client.convert(Pictures.jpeg(10, 10), "bmp"), HttpStatus.BAD_REQUEST,
				"'format' must be one of png, jpeg, gif, but is 'bmp'");
	}

	@ParameterizedTest
	@CsvSource({ "0", "10001", "-5", "wide" })
	void aBadWidthIsRefused(String width) {
		MultipartBodyBuilder body = SampleClient.form(Pictures.jpeg(10, 10), "png");
		body.part("width", width);
		assertRefused(this.client.convert(body), HttpStatus.BAD_REQUEST,
				"'width' must be a number from 1 to 10000, but is '" + width + "'");
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			steps=0,           "'steps' must be from 1 to 10000, but is 0"
			steps=10001,       "'steps' must be from 1 to 10000, but is 10001"
			steps=many,        "'steps' must be a number, but is 'many'"
			delayMs=-1,        "'delayMs' must be from 0 to 10000, but is -1"
			delayMs=10001,     "'delayMs' must be from 0 to 10000, but is 10001"
			steps=3&failAt=4,  "'failAt' must be from 1 to 3, but is 4"
			""", quoteCharacter = '"')
	void aDemoOutOfBoundsIsRefused(String query, String detail) {
		assertRefused(this.client.demo(query), HttpStatus.BAD_REQUEST, detail);
	}

	@Test
	void anUnknownDownloadIsNotFound() {
		assertThat(this.client.get("/api/v1/downloads/unknown", String.class).getStatusCode())
			.isEqualTo(HttpStatus.NOT_FOUND);
	}

	@Test
	void thePageMayTalkToThisServerOnly() {
		ResponseEntity<String> page = this.client.get("/", String.class);
		assertThat(page.getHeaders().getFirst("Content-Security-Policy")).startsWith("default-src 'none'; ");
		assertThat(page.getBody()).doesNotContainPattern("<script>|<style>|style=|onclick=|https?://");
	}

	private static void assertRefused(ResponseEntity<Map<String, Object>> answer, HttpStatus status, String detail) {
		assertThat(answer.getStatusCode()).isEqualTo(status);
		assertThat(answer.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE)).isEqualTo("application/problem+json");
		assertThat(answer.getBody()).containsEntry("detail", detail);
	}

}
