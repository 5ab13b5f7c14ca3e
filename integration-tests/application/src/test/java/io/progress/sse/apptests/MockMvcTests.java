package io.progress.sse.apptests;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.client.MockMvcWebTestClient;

import io.progress.sse.JobHandle;
import io.progress.sse.JobSpec;
import io.progress.sse.ProgressTracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.asyncDispatch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.request;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/**
 * Tests of a whole application without a server.
 */
@SpringBootTest(classes = ReportsApplication.class,
		properties = { "progress.sse.routes.reports.path=/reports/{jobId}/events",
				"progress.sse.routes.reports.status-path=/reports/{jobId}" })
@AutoConfigureMockMvc
class MockMvcTests {

	@Autowired
	private MockMvc mvc;

	@Autowired
	private MockMvcTester tester;

	@Autowired
	private ProgressTracker tracker;

	@ParameterizedTest
	@ValueSource(strings = { "/progress/jobs/{id}", "/reports/{id}" })
	void readAStatus(String path) throws Exception {
		assertThat(this.tester.get().uri(path, endedJob())).hasStatusOk()
			.bodyJson()
			.extractingPath("$.state")
			.isEqualTo("done");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/progress/jobs/{id}/events", "/reports/{id}/events" })
	void readAStream(String path) throws Exception {
		assertThat(this.tester.get().uri(path, endedJob()).accept(MediaType.TEXT_EVENT_STREAM)).hasStatusOk()
			.hasContentTypeCompatibleWith(MediaType.TEXT_EVENT_STREAM)
			.bodyText()
			.contains("event: done");
	}

	@Test
	void readAStreamThatGoesOn() throws Exception {
		CountDownLatch latch = new CountDownLatch(1);
		JobHandle job = this.tracker.start(JobSpec.named("report"), (progress) -> {
			latch.await();
			return null;
		});
		MvcResult stream = this.mvc
			.perform(get("/progress/jobs/{id}/events", job.id().value()).accept(MediaType.TEXT_EVENT_STREAM))
			.andExpect(request().asyncStarted())
			.andReturn();
		latch.countDown();
		stream.getAsyncResult(10_000);
		this.mvc.perform(asyncDispatch(stream)).andExpect(status().isOk());
		assertThat(stream.getResponse().getContentAsString()).contains("event: done");
	}

	@Test
	void readAStreamByAWebTestClient() throws Exception {
		WebTestClient client = MockMvcWebTestClient.bindTo(this.mvc).responseTimeout(Duration.ofSeconds(10)).build();
		client.get()
			.uri("/progress/jobs/{id}/events", endedJob())
			.accept(MediaType.TEXT_EVENT_STREAM)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.value((body) -> assertThat(body).contains("event: done"));
	}

	@Test
	void readProblems() {
		assertThat(this.tester.get().uri("/progress/jobs/unknown")).hasStatus(404).bodyText().contains("unknown-job");
		assertThat(this.tester.get().uri("/progress/nowhere")).hasStatus(404);
	}

	@Test
	void readTheClient() {
		assertThat(this.tester.get().uri("/progress/client.js")).hasStatusOk().bodyText().contains("export function");
	}

	private String endedJob() throws Exception {
		JobHandle job = this.tracker.start(JobSpec.named("report"), (progress) -> "ok");
		job.ended().toCompletableFuture().get();
		return job.id().value();
	}

}
