package io.progress.sse.web;

import java.util.List;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import io.progress.sse.stream.admission.EventStreams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A stream that has started its job lives like any other.
 */
@SpringBootTest(classes = StreamingJobsTests.Application.class,
		webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "progress.sse.limits.streams=1", "progress.sse.max-duration=1s", "progress.sse.retry=4s" })
class StreamingJobLifeTests {

	@Autowired
	private StreamingJobsTests.Controller controller;

	@Autowired
	private EventStreams feeds;

	@LocalServerPort
	private int port;

	@BeforeEach
	void hold() {
		this.controller.started.set(0);
		this.controller.release = new CountDownLatch(1);
	}

	@AfterEach
	void release() {
		this.controller.release.countDown();
		await().untilAsserted(() -> assertThat(this.feeds.streams()).isZero());
	}

	@Test
	void itSaysWhenToComeBackAndEndsInTime() {
		try (RawClient client = connect()) {
			assertThat(client.header("content-type")).isEqualTo("text/event-stream;charset=UTF-8");
			assertThat(client.header("cache-control")).isEqualTo("no-store, no-transform");
			assertThat(client.frame()).containsExactly("retry: 4000", ": progress-sse");
			assertThat(client.frame()).satisfiesExactly((event) -> assertThat(event).isEqualTo("event: started"),
					(data) -> assertThat(data).matches("data: \\{\"jobId\":\"[0-9a-f-]{36}\"}"),
					(id) -> assertThat(id).matches("id: [0-9a-f-]{36}~0"));
			List<List<String>> frames = client.frames();
			assertThat(frames.get(0)).last().asString().matches("id: [0-9a-f-]{36}~\\d+-1");
			assertThat(frames).last().asString().matches("\\[retry: [12]\\d{3}]");
		}
	}

	@Test
	void aClientThatReconnectsBeforeTheFirstEventStartsNoJob() {
		String id;
		try (RawClient client = connect()) {
			client.frame();
			id = client.event().get("id");
		}
		await().untilAsserted(() -> assertThat(this.feeds.streams()).isZero());
		try (RawClient client = connect("Last-Event-ID: " + id)) {
			assertThat(client.event().get("id")).startsWith(id.substring(0, id.length() - 1)).endsWith("-1");
		}
		assertThat(this.controller.started).hasValue(1);
	}

	@Test
	void aStreamBeyondTheLimitStartsNoJob() {
		try (RawClient client = connect()) {
			String id = client.event().get("id");
			assertThat(this.feeds.streams()).isEqualTo(1);
			try (RawClient second = connect()) {
				assertThat(second.status()).isEqualTo(503);
				assertThat(second.header("retry-after")).isNotNull();
				assertThat(second.body()).contains("urn:problem-type:progress-sse:overloaded");
			}
			try (RawClient back = connect("Last-Event-ID: " + id)) {
				assertThat(back.status()).isEqualTo(200);
				assertThat(back.frames()).singleElement().asString().matches("\\[retry: \\d{4,5}]");
			}
			assertThat(this.controller.started).hasValue(1);
		}
	}

	@Test
	void aRemovedJobHasItsOwnProblem() {
		try (RawClient client = connect("Last-Event-ID: a-job-that-never-was~1748649600456-1")) {
			assertThat(client.status()).isEqualTo(410);
			assertThat(client.header("content-type")).isEqualTo("application/problem+json");
			assertThat(client.body()).contains("urn:problem-type:progress-sse:stale-cursor");
		}
		assertThat(this.controller.started).hasValue(0);
		assertThat(this.feeds.awaitedJobs()).isZero();
	}

	private RawClient connect(String... headers) {
		return RawClient.get(this.port, "/process", headers);
	}

}
