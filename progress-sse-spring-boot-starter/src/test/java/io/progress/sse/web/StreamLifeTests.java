package io.progress.sse.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import io.progress.sse.JobHandle;
import io.progress.sse.JobSpec;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressTracker;
import io.progress.sse.stream.admission.EventStreams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * How long streams last and how they end.
 */
@Tag("protocol")
class StreamLifeTests {

	@Test
	void aStreamEndsAfterItsTimeAndTheClientResumesWithoutAGap() {
		try (TestServer server = TestServer.start("progress.sse.max-duration=400ms")) {
			TestJob job = server.job("rotating");
			List<String> appended = new ArrayList<>();
			List<String> seen = new ArrayList<>();
			appended.add(job.queued().toString());
			String cursor = "0";
			for (int round = 0; round < 3; round++) {
				try (RawClient client = RawClient.get(server.port(), "/progress/jobs/rotating/events",
						"Last-Event-ID: " + cursor)) {
					client.frame();
					appended.add(job.phase("round " + round).toString());
					List<List<String>> frames = client.frames();
					assertThat(frames.remove(frames.size() - 1)).singleElement()
						.asString()
						.matches("retry: [12]\\d{3}");
					frames.forEach((frame) -> seen.add(frame.get(2).substring("id: ".length())));
					cursor = seen.get(seen.size() - 1);
				}
				appended.add(job.phase("between " + round).toString());
			}
			assertThat(appended).startsWith(seen.toArray(String[]::new)).hasSize(seen.size() + 1);
		}
	}

	@Test
	void aRouteHasTimesOfItsOwn() {
		try (TestServer server = TestServer.start("progress.sse.retry=2s", "progress.sse.routes.own.path=/own/{jobId}",
				"progress.sse.routes.own.many-path=/own", "progress.sse.routes.own.retry=5s",
				"progress.sse.routes.own.max-duration=300ms")) {
			server.job("rotating").queued();
			for (String path : List.of("/own/rotating", "/own?job=rotating")) {
				try (RawClient client = RawClient.get(server.port(), path)) {
					assertThat(client.frame()).first().isEqualTo("retry: 5000");
					assertThat(client.frames()).last().asString().matches("\\[retry: [12]\\d{3}]");
				}
			}
			try (RawClient client = RawClient.get(server.port(), "/progress/jobs/rotating/events")) {
				assertThat(client.frame()).first().isEqualTo("retry: 2000");
			}
		}
	}

	@Test
	void heartbeatsAreEventsForThoseWhoAsk() {
		try (TestServer server = TestServer.start("progress.sse.heartbeat=100ms")) {
			server.job("pinging").queued();
			try (RawClient client = RawClient.get(server.port(),
					"/progress/jobs/pinging/events?heartbeat=event&lastEventId=now")) {
				Map<String, String> ping = Map.of("event", "ping", "data", "{\"heartbeatMs\":100,\"retryMs\":3000}");
				assertThat(client.event()).isEqualTo(ping);
				assertThat(client.event()).isEqualTo(ping);
			}
		}
	}

	@Test
	void aClientThatAsksForHeartbeatsGetsTheirIntervalAtOnce() {
		try (TestServer server = TestServer.start("progress.sse.heartbeat=1h", "progress.sse.retry=2s",
				"progress.sse.routes.own.path=/own/{jobId}", "progress.sse.routes.own.many-path=/own",
				"progress.sse.routes.own.format=percent", "progress.sse.routes.own.retry=5s")) {
			Map.of("/progress/jobs/awaited/events?", 2000, "/progress/events?job=awaited&", 2000, "/own/awaited?", 5000,
					"/own?job=awaited&", 5000)
				.forEach((path, retry) -> {
					try (RawClient client = RawClient.get(server.port(), path + "heartbeat=event")) {
						assertThat(client.event()).as(path)
							.isEqualTo(Map.of("event", "ping", "data",
									"{\"heartbeatMs\":3600000,\"retryMs\":" + retry + "}"));
					}
				});
		}
	}

	@Test
	void aClientThatGoesIsForgotten() {
		try (TestServer server = TestServer.start("progress.sse.linger=50ms", "progress.sse.heartbeat=300ms")) {
			server.job("left").queued();
			EventStreams feeds = server.bean(EventStreams.class);
			for (int i = 0; i < 3; i++) {
				RawClient client = RawClient.get(server.port(), "/progress/jobs/left/events");
				client.event();
				assertThat(feeds.streams()).isEqualTo(1);
				assertThat(feeds.feeds()).isEqualTo(1);
				client.close();
				await().untilAsserted(() -> assertThat(feeds.streams()).isZero());
				await().untilAsserted(() -> assertThat(feeds.feeds()).isZero());
			}
		}
	}

	@Test
	void aChildContextThatClosesEndsNoStream() {
		try (TestServer server = TestServer.start()) {
			TestJob job = server.job("watched");
			job.queued();
			try (RawClient client = RawClient.get(server.port(), "/progress/jobs/watched/events")) {
				client.event();
				try (AnnotationConfigApplicationContext child = new AnnotationConfigApplicationContext()) {
					child.setParent(server.context());
					child.refresh();
				}
				String id = job.phase("after").toString();
				assertThat(client.event()).containsEntry("id", id);
			}
			try (RawClient client = RawClient.get(server.port(), "/progress/jobs/watched/events")) {
				assertThat(client.event()).containsKey("data");
			}
		}
	}

	@Test
	void anApplicationThatClosesTellsViewersThatTheirJobsAreOver() throws Exception {
		TestServer server = TestServer.start("progress.sse.stop-timeout=100ms");
		ProgressTracker tracker = server.bean(ProgressTracker.class);
		CountDownLatch never = new CountDownLatch(1);
		JobHandle looks = tracker.start(JobSpec.named("looks"), (progress) -> {
			while (!never.await(10, TimeUnit.MILLISECONDS)) {
				progress.checkCancelled();
			}
			return null;
		});
		ProgressJob doesNotLook = tracker.open(JobSpec.named("does-not-look"));
		List<RawClient> clients = new ArrayList<>();
		for (JobHandle job : List.of(looks, doesNotLook)) {
			RawClient client = RawClient.get(server.port(), "/progress/jobs/" + job.id() + "/events");
			client.event();
			clients.add(client);
		}
		server.close();
		for (RawClient client : clients) {
			assertThat(client.frames()).filteredOn((frame) -> frame.contains("event: failed"))
				.singleElement()
				.satisfies((frame) -> assertThat(frame.toString()).contains("\"code\":\"shutdown\""));
			client.close();
		}
	}

	@Test
	@Timeout(120)
	void anApplicationWithManyStreamsStopsAtOnceAndSaysGoodbyeToEach() {
		TestServer server = TestServer.start("server.shutdown=graceful", "progress.sse.limits.per-job=500");
		List<RawClient> clients = new ArrayList<>();
		try {
			server.job("watched").queued();
			for (int i = 0; i < 500; i++) {
				RawClient client = RawClient.get(server.port(), "/progress/jobs/watched/events");
				clients.add(client);
				client.event();
			}
			long before = System.nanoTime();
			server.close();
			long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before);
			for (RawClient client : clients) {
				assertThat(client.frames()).last()
					.satisfies((frame) -> assertThat(frame).singleElement().satisfies((line) -> {
						int retry = Integer.parseInt(line.substring("retry: ".length()));
						assertThat(retry).isBetween(5_000, 15_000);
					}));
			}
			assertThat(millis).as("milliseconds").isLessThan(3_000);
		}
		finally {
			clients.forEach(RawClient::close);
		}
	}

}
