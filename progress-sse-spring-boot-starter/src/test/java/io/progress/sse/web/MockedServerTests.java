package io.progress.sse.web;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.web.reactive.server.WebTestClient;

import io.progress.sse.JobHandle;
import io.progress.sse.JobSpec;
import io.progress.sse.ProgressTracker;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application's own tests, by a client that needs no server.
 */
@SpringBootTest(properties = "progress.sse.routes.uploads.path=/uploads/{jobId}/events")
@AutoConfigureWebTestClient
class MockedServerTests {

	@Autowired
	private WebTestClient client;

	@Autowired
	private ProgressTracker tracker;

	@Test
	void readAStream() {
		JobHandle job = this.tracker.start(JobSpec.named("export"), (progress) -> "ok");
		for (String path : List.of("/progress/jobs/{id}/events", "/uploads/{id}/events")) {
			this.client.get()
				.uri(path, job.id().value())
				.accept(MediaType.TEXT_EVENT_STREAM)
				.exchange()
				.expectStatus()
				.isOk()
				.returnResult(new ParameterizedTypeReference<ServerSentEvent<String>>() {
				})
				.getResponseBody()
				.filter((event) -> event.data() != null)
				.last()
				.as(StepVerifier::create)
				.assertNext((event) -> assertThat(event.event()).isEqualTo("done"))
				.expectComplete()
				.verify(Duration.ofSeconds(10));
		}
	}

	@Test
	void readAStatus() throws Exception {
		JobHandle job = this.tracker.start(JobSpec.named("export"), (progress) -> "ok");
		job.ended().toCompletableFuture().get();
		this.client.get()
			.uri("/progress/jobs/{id}", job.id().value())
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.state")
			.isEqualTo("done");
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class Application {

	}

}
