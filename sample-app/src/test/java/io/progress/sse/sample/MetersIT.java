package io.progress.sse.sample;

import java.time.Duration;
import java.util.Objects;

import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What Prometheus sees of the application.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = "management.endpoints.web.exposure.include=prometheus")
class MetersIT {

	@Test
	void moveWithAJobThatIsWatched(@LocalServerPort int port) {
		SampleClient client = new SampleClient(port);
		String before = scrape(client);
		client.watchToTheEnd(SampleClient.stream(client.demo("steps=3&delayMs=20")));
		// A viewer may see the end of a job before it is counted.
		await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
			String after = scrape(client);
			assertThat(moved("progress_sse_jobs_started_total", before, after)).isEqualTo(1);
			assertThat(moved("progress_sse_jobs_seconds_count", before, after)).isEqualTo(1);
			assertThat(moved("progress_sse_events_delivered_total", before, after)).isPositive();
			assertThat(moved("progress_sse_events_published_total", before, after)).isPositive();
			assertThat(moved("progress_sse_store_append_seconds_count", before, after)).isPositive();
			assertThat(value("progress_sse_jobs_running", after)).isZero();
			assertThat(after).contains("outcome=\"done\"");
		});
	}

	private static double moved(String name, String before, String after) {
		return value(name, after) - value(name, before);
	}

	/** The sum of all series of a name. */
	private static double value(String name, String scrape) {
		return scrape.lines()
			.filter((line) -> line.startsWith(name + " ") || line.startsWith(name + "{"))
			.mapToDouble((line) -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
			.sum();
	}

	private static String scrape(SampleClient client) {
		return Objects.requireNonNull(client.get("/actuator/prometheus", String.class).getBody());
	}

}
