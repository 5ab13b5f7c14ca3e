package io.progress.sse.apptests;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

import io.progress.sse.JobSpec;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressTracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Open streams do not distort the timer of the application's requests.
 */
@Timeout(120)
@Tag("long")
class StreamRequestTests {

	private static final String STREAM = "/progress/jobs/{jobId}/events";

	private final HttpClient client = HttpClient.newHttpClient();

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void doNotCountAsRequests(WebApplicationType type) throws Exception {
		try (ConfigurableApplicationContext app = start(type)) {
			String stream = "/progress/jobs/" + ended(app) + "/events";
			String events = get(app, stream).body();
			assertThat(events).contains("event: done");
			String last = events.substring(events.lastIndexOf("\nid: ") + 5).trim();
			assertThat(get(app, stream + "?lastEventId=" + last).statusCode()).isEqualTo(204);
			await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(uris(app)).hasSize(1));
			assertThat(statuses(app)).containsExactly("204");
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void countAsRequestsIfTheApplicationWantsThat(WebApplicationType type) throws Exception {
		try (ConfigurableApplicationContext app = start(type, "progress.sse.metrics.streams-as-requests=true")) {
			assertThat(get(app, "/progress/jobs/" + ended(app) + "/events").statusCode()).isEqualTo(200);
			await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(uris(app)).containsExactly(STREAM));
		}
	}

	private static String ended(ConfigurableApplicationContext app) {
		ProgressJob job = app.getBean(ProgressTracker.class).open(JobSpec.named("report"));
		job.done();
		return job.id().value();
	}

	private static List<String> uris(ConfigurableApplicationContext app) {
		return requests(app).map((timer) -> timer.getId().getTag("uri")).toList();
	}

	private static List<String> statuses(ConfigurableApplicationContext app) {
		return requests(app).map((timer) -> timer.getId().getTag("status")).toList();
	}

	private static Stream<Timer> requests(ConfigurableApplicationContext app) {
		return app.getBean(MeterRegistry.class).find("http.server.requests").timers().stream();
	}

	private HttpResponse<String> get(ConfigurableApplicationContext app, String path) throws Exception {
		URI uri = URI.create("http://localhost:" + app.getEnvironment().getProperty("local.server.port") + path);
		return this.client.send(HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).build(),
				BodyHandlers.ofString());
	}

	private static ConfigurableApplicationContext start(WebApplicationType type, String... properties) {
		return new SpringApplicationBuilder(MeteredApplication.class).web(type)
			.properties("server.port=0", "spring.main.banner-mode=off")
			.properties(properties)
			.run();
	}

	/** The application of the reports, with meters. */
	@Import(ReportsApplication.class)
	static class MeteredApplication {

		@Bean
		SimpleMeterRegistry registry() {
			return new SimpleMeterRegistry();
		}

	}

}
