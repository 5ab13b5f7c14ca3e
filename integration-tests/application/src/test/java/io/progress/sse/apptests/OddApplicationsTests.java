package io.progress.sse.apptests;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import io.progress.sse.JobSpec;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressTracker;
import io.progress.sse.event.JobState;
import io.progress.sse.web.controller.ProgressStreams;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Applications that are arranged in another way than most.
 */
@Timeout(120)
@Tag("long")
class OddApplicationsTests {

	private final HttpClient client = HttpClient.newHttpClient();

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void oneThatMakesItsBeansLazily(WebApplicationType type) throws Exception {
		try (ConfigurableApplicationContext app = start(type, "spring.main.lazy-initialization=true")) {
			assertThatItStreams(app);
		}
	}

	@Test
	void oneWithoutAWebServer() {
		try (ConfigurableApplicationContext app = start(WebApplicationType.NONE)) {
			ProgressJob job = app.getBean(ProgressTracker.class).open(JobSpec.named("report"));
			job.done();
			assertThat(app.getBean(ProgressStreams.class).events(job.id(), null).toIterable()).last()
				.satisfies((last) -> assertThat(last.event().state()).isEqualTo(JobState.DONE));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "SERVLET", "REACTIVE" })
	void oneWhoseWebContextIsAChildThatComesAndGoes(WebApplicationType type) throws Exception {
		try (ConfigurableApplicationContext parent = start(WebApplicationType.NONE)) {
			ProgressJob running = parent.getBean(ProgressTracker.class).open(JobSpec.named("report"));
			for (int i = 0; i < 2; i++) {
				try (ConfigurableApplicationContext child = builder(type).parent(parent).run()) {
					assertThat(child.getBean(ProgressTracker.class)).isSameAs(parent.getBean(ProgressTracker.class));
					assertThatItStreams(child);
				}
				assertThat(running.state()).isEqualTo(JobState.QUEUED);
			}
			running.done();
		}
	}

	@Test
	void twoInOneProcess() throws Exception {
		try (ConfigurableApplicationContext other = start(WebApplicationType.REACTIVE)) {
			try (ConfigurableApplicationContext one = start(WebApplicationType.SERVLET)) {
				assertThatItStreams(one);
			}
			assertThatItStreams(other);
		}
	}

	private void assertThatItStreams(ConfigurableApplicationContext app) throws Exception {
		ProgressJob job = app.getBean(ProgressTracker.class).open(JobSpec.named("report"));
		job.done();
		HttpResponse<String> stream = get(app, "/progress/jobs/" + job.id().value() + "/events");
		assertThat(stream.statusCode()).isEqualTo(200);
		assertThat(stream.body()).contains("event: done");
		assertThat(get(app, "/progress/client.js").statusCode()).isEqualTo(200);
		HttpResponse<String> tracked = this.client
			.send(request(app, "/reports").POST(HttpRequest.BodyPublishers.noBody()).build(), BodyHandlers.ofString());
		assertThat(tracked.body()).isEqualTo("tracked");
		assertThat(tracked.headers().firstValue("X-Job-Id")).isPresent();
	}

	private HttpResponse<String> get(ConfigurableApplicationContext app, String path) throws Exception {
		return this.client.send(request(app, path).build(), BodyHandlers.ofString());
	}

	private static HttpRequest.Builder request(ConfigurableApplicationContext app, String path) {
		return HttpRequest
			.newBuilder(URI.create("http://localhost:" + app.getEnvironment().getProperty("local.server.port") + path))
			.timeout(Duration.ofSeconds(20));
	}

	private static ConfigurableApplicationContext start(WebApplicationType type, String... properties) {
		return builder(type, properties).run();
	}

	private static SpringApplicationBuilder builder(WebApplicationType type, String... properties) {
		return new SpringApplicationBuilder(ReportsApplication.class).web(type)
			.properties("server.port=0", "spring.main.banner-mode=off")
			.properties(properties);
	}

}
