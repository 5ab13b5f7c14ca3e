package io.progress.sse.sample;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.MultipartBodyBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Several pictures in one job.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class BatchConversionIT {

	private SampleClient client;

	@BeforeEach
	void connect(@LocalServerPort int port) {
		this.client = new SampleClient(port);
	}

	@Test
	void oneBrokenPictureAmongTenDoesNotFailTheOthers() {
		MultipartBodyBuilder form = form(9, Pictures.jpeg(40, 30));
		form.part("file", file("broken.jpg", new byte[100]));
		List<Seen> events = this.client.watchToTheEnd(SampleClient.stream(this.client.convert(form)));
		Seen done = events.get(events.size() - 1);
		assertThat(done.name()).isEqualTo("done");
		assertThat(done.get("data", "total_items")).isEqualTo(10);
		assertThat(done.get("data", "completed_items")).isEqualTo(10);
		assertThat(done.get("data", "failed_items")).isEqualTo(1);
		assertThat(done.get("data", "skipped_items")).isEqualTo(0);
		assertThat(done.get("data", "failures")).isEqualTo(
				List.of(Map.of("item", "broken.jpg", "reason", "The file is not a picture that can be read here")));
		assertThat(done.get("progress")).isEqualTo(1.0);
		assertThat(downloads(done)).hasSize(9)
			.allSatisfy((download) -> assertThat(
					this.client.get(String.valueOf(download.get("download_url")), byte[].class).getStatusCode())
				.isEqualTo(HttpStatus.OK));
	}

	@Test
	void aBatchThatIsCancelledStopsWithinOnePicture() {
		ResponseEntity<Map<String, Object>> accepted = this.client.convert(form(10, Pictures.jpeg(1600, 1200)));
		String stream = SampleClient.stream(accepted);
		Seen running = Objects.requireNonNull(this.client.watch(stream)
			.filter((event) -> event.get("completed") instanceof Integer completed && completed >= 1)
			.blockFirst(SampleClient.PATIENCE));
		assertThat(this.client.cancel(accepted).getStatusCode()).isEqualTo(HttpStatus.ACCEPTED);
		List<Seen> events = this.client.watchToTheEnd(stream);
		Seen end = events.get(events.size() - 1);
		assertThat(end.name()).isEqualTo("cancelled");
		assertThat((int) Objects.requireNonNull(end.get("completed"))).isLessThan(10)
			.isGreaterThanOrEqualTo((int) Objects.requireNonNull(running.get("completed")));
	}

	private static List<Map<?, ?>> downloads(Seen done) {
		return ((List<?>) Objects.requireNonNull(done.get("result", "downloads"))).stream()
			.<Map<?, ?>>map((download) -> (Map<?, ?>) download)
			.toList();
	}

	private static MultipartBodyBuilder form(int pictures, byte[] picture) {
		MultipartBodyBuilder form = new MultipartBodyBuilder();
		form.part("format", "gif");
		for (int i = 1; i <= pictures; i++) {
			form.part("file", file("picture-" + i + ".jpg", picture));
		}
		return form;
	}

	private static ByteArrayResource file(String name, byte[] content) {
		return new ByteArrayResource(content) {
			@Override
			public String getFilename() {
				return name;
			}
		};
	}

}
