package io.progress.sse.web;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import io.progress.sse.ProgressReporter;
import io.progress.sse.TrackProgress;
import io.progress.sse.stream.admission.EventStreams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * What somebody with bad intentions tries over HTTP.
 */
@Tag("protocol")
@ExtendWith(OutputCaptureExtension.class)
class ThreatTests {

	private static final String SECRET = "jdbc:secret@10.0.0.1";

	@Test
	void manyStreamsCostNothingBeyondTheLimit() {
		try (TestServer server = TestServer.start("progress.sse.limits.streams=1")) {
			EventStreams feeds = server.bean(EventStreams.class);
			for (int i = 0; i < 300; i++) {
				server.job("job-" + i).queued();
			}
			try (RawClient first = RawClient.get(server.port(), "/progress/jobs/job-0/events")) {
				first.event();
				for (int i = 1; i < 300; i++) {
					try (RawClient other = RawClient.get(server.port(), "/progress/jobs/job-" + i + "/events")) {
						assertThat(other.status()).isEqualTo(503);
					}
				}
				assertThat(feeds.streams()).isEqualTo(1);
				assertThat(feeds.feeds()).isEqualTo(1);
			}
		}
	}

	@Test
	void manyUnknownIdsLeaveNothingBehind() {
		try (TestServer server = TestServer.start(new Class<?>[] { Meters.class }, "progress.sse.limits.awaited-jobs=3",
				"progress.sse.linger=50ms")) {
			EventStreams feeds = server.bean(EventStreams.class);
			waitForUnknownJobs(server, 3);
			long meters = meters(server);
			waitForUnknownJobs(server, 300);
			await().untilAsserted(() -> {
				assertThat(feeds.awaitedJobs()).isLessThanOrEqualTo(3);
				assertThat(feeds.streams()).isLessThanOrEqualTo(3);
				assertThat(feeds.feeds()).isLessThanOrEqualTo(3);
			});
			assertThat(meters(server)).isEqualTo(meters);
		}
	}

	@Test
	void jobsAddNoMetersOfTheirOwn() {
		try (TestServer server = TestServer.start(new Class<?>[] { Meters.class, Worker.class })) {
			post(server, "/work", UUID.randomUUID().toString()).close();
			long meters = meters(server);
			for (int i = 0; i < 100; i++) {
				post(server, "/work", UUID.randomUUID().toString()).close();
			}
			assertThat(meters(server)).isEqualTo(meters);
		}
	}

	@Test
	void oneOfManyWhoWantTheSameIdGetsIt() throws Exception {
		try (TestServer server = TestServer.start(new Class<?>[] { Worker.class })) {
			String id = UUID.randomUUID().toString();
			ExecutorService threads = Executors.newFixedThreadPool(8);
			List<Future<Integer>> statuses = threads.invokeAll(Collections.nCopies(100, (Callable<Integer>) () -> {
				try (RawClient client = post(server, "/work", id)) {
					return client.status();
				}
			}));
			threads.shutdown();
			List<Integer> seen = new ArrayList<>();
			for (Future<Integer> status : statuses) {
				seen.add(status.get());
			}
			assertThat(seen).containsOnly(200, 409).containsOnlyOnce(200);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "aaaaaaaaaaaaaaaaa%0d%0aSet-Cookie:x=y", "aaaaaaaaaaaaaaaa\u001b[31m",
			"aaaaaaaaaaaaaaaa\"", "<script>aaaaaaaaaaaaaaaaaa" })
	void wantedIdIsNeitherReflectedNorLogged(String id, CapturedOutput output) {
		try (TestServer server = TestServer.start(new Class<?>[] { Worker.class });
				RawClient client = post(server, "/work", id)) {
			assertThat(client.status()).isEqualTo(400);
			assertThat(client.headers()).doesNotContainKey("x-job-id").doesNotContainKey("set-cookie");
			assertThat(client.body()).doesNotContain("aaaaaaaa");
		}
		assertThat(output.getAll()).doesNotContain("aaaaaaaa");
	}

	@ParameterizedTest
	@ValueSource(ints = { 129, 4_000 })
	void wantedIdOfAnyLengthIsRefused(int length) {
		try (TestServer server = TestServer.start(new Class<?>[] { Worker.class });
				RawClient client = post(server, "/work", "a".repeat(length))) {
			assertThat(client.status()).isEqualTo(400);
			assertThat(client.body()).contains("malformed-job-id");
		}
	}

	@Test
	void cursorOfAnyKindIsCheapAndNotLogged(CapturedOutput output) {
		try (TestServer server = TestServer.start("progress.sse.on-stale-id=gone")) {
			server.job("cursors").queued();
			for (String cursor : List.of("9".repeat(7_000), "9".repeat(19) + "-1", "-1-1", "1-" + "9".repeat(30),
					"\u001b[31mred", "1-1\tx", "%0a", "unknown-unknown", "0-0", "~")) {
				try (RawClient client = RawClient.get(server.port(), "/progress/jobs/cursors/events",
						"Last-Event-ID: " + cursor)) {
					assertThat(client.status()).as(cursor).isIn(400, 410);
				}
			}
		}
		assertThat(output.getAll()).doesNotContain("999999", "[31mred");
	}

	@Test
	void noTextOfAnExceptionIsSent(CapturedOutput output) {
		try (TestServer server = TestServer.start(new Class<?>[] { Worker.class })) {
			String id = UUID.randomUUID().toString();
			post(server, "/fail", id).close();
			for (String path : List.of("/events", "")) {
				try (RawClient client = RawClient.get(server.port(), "/progress/jobs/" + id + path)) {
					assertThat(client.status()).isEqualTo(200);
					assertThat(client.body()).contains("\"state\":\"failed\"")
						.doesNotContain("secret", "10.0.0.1", "Exception");
				}
			}
		}
	}

	@Test
	void clientsThatBreakTheConnectionAreNotNewsForTheLog(CapturedOutput output) throws Exception {
		// A container tells of a reset late, in very few cases: then the stream stalls.
		try (TestServer server = TestServer.start("progress.sse.heartbeat=100ms", "progress.sse.stall-timeout=3s",
				"progress.sse.limits.per-job=10000")) {
			TestJob job = server.job("resets");
			job.queued();
			EventStreams feeds = server.bean(EventStreams.class);
			for (int round = 0; round < 10; round++) {
				for (int i = 0; i < 30; i++) {
					RawClient client = RawClient.get(server.port(), "/progress/jobs/resets/events");
					client.event();
					client.socket().setSoLinger(i % 2 == 0, 0);
					client.close();
				}
				job.phase("round " + round);
			}
			await().until(() -> feeds.streams() == 0);
		}
		assertThat(output.getAll().lines().filter((line) -> line.contains("WARN") || line.contains("ERROR"))).isEmpty();
	}

	@Test
	void clientsCannotBeToldToComeBackWithoutAPause() {
		assertThatThrownBy(() -> TestServer.start("progress.sse.retry=0s")).rootCause()
			.hasMessageContaining("'progress.sse.retry' must be at least 1000ms, but is 0ms");
	}

	private static void waitForUnknownJobs(TestServer server, int count) {
		for (int i = 0; i < count; i++) {
			try (RawClient client = RawClient.get(server.port(), "/progress/jobs/" + UUID.randomUUID() + "/events")) {
				assertThat(client.frame()).first().isEqualTo("retry: 3000");
			}
		}
	}

	private static long meters(TestServer server) {
		return server.bean(SimpleMeterRegistry.class)
			.getMeters()
			.stream()
			.filter((meter) -> meter.getId().getName().startsWith("progress.sse"))
			.count();
	}

	private static RawClient post(TestServer server, String path, String id) {
		return RawClient.send(server.port(), "POST", path, "X-Job-Id: " + id, "Content-Length: 0");
	}

	@Configuration(proxyBeanMethods = false)
	static class Meters {

		@Bean
		SimpleMeterRegistry meters() {
			return new SimpleMeterRegistry();
		}

	}

	@RestController
	static class Worker {

		@PostMapping("/work")
		@TrackProgress("work")
		public String work(ProgressReporter progress) {
			progress.phase("working");
			return "done";
		}

		@PostMapping("/fail")
		@TrackProgress("failure")
		public String fail(ProgressReporter progress) {
			throw new IllegalStateException("Cannot reach " + SECRET);
		}

	}

}
