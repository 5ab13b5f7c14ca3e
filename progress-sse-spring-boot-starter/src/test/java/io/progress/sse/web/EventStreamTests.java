package io.progress.sse.web;

import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.progress.sse.store.EventId;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a client of one job's stream sees, by raw socket.
 */
@Tag("protocol")
class EventStreamTests {

	private static TestServer server;

	@BeforeAll
	static void start() {
		server = TestServer.start("progress.sse.heartbeat=300ms");
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@Test
	void replaysWhatIsRetainedThenFollowsUntilTheEnd() {
		TestJob job = server.job("replay-then-live");
		job.queued();
		EventId second = job.phase("reading");
		try (RawClient client = stream("replay-then-live")) {
			assertThat(client.status()).isEqualTo(200);
			assertThat(client.frame()).containsExactly("retry: 3000", ": progress-sse");
			assertThat(client.frame()).satisfies((frame) -> {
				assertThat(frame.get(0)).isEqualTo("event: progress");
				assertThat(frame.get(1)).contains("\"state\":\"queued\"");
			});
			assertThat(client.frame()).last().isEqualTo("id: " + second);
			EventId third = job.tick(1, 4);
			assertThat(event(client)).containsExactly("event: progress",
					"data: {\"jobId\":\"replay-then-live\",\"job\":\"test\",\"state\":\"running\",\"attempt\":1,"
							+ "\"phase\":\"working\",\"progress\":0.25,\"completed\":1,\"total\":4,"
							+ "\"occurredAt\":\"2026-05-31T01:00:01Z\"}",
					"id: " + third);
			EventId last = job.done(List.of("a.png"));
			List<String> done = event(client);
			assertThat(done.get(0)).isEqualTo("event: done");
			assertThat(done.get(1)).contains("\"result\":[\"a.png\"]");
			assertThat(done.get(2)).isEqualTo("id: " + last);
			assertThat(client.frame()).isNull();
		}
	}

	@Test
	void sendsTheHeadersOfTheProtocol() {
		server.job("headers").queued();
		try (RawClient client = stream("headers")) {
			assertThat(client.header("content-type")).isEqualTo("text/event-stream;charset=UTF-8");
			assertThat(client.header("cache-control")).isEqualTo("no-store, no-transform");
			assertThat(client.header("x-accel-buffering")).isEqualTo("no");
			assertThat(client.header("x-content-type-options")).isEqualTo("nosniff");
			assertThat(client.header("connection")).isNull();
		}
	}

	@Test
	void resumesBehindTheLastEventIdWithoutAGap() {
		TestJob job = server.job("resume");
		EventId first = job.queued();
		EventId second = job.phase("reading");
		EventId third = job.phase("writing");
		try (RawClient client = stream("resume", "Last-Event-ID: " + first)) {
			assertThat(ids(client, 2)).containsExactly(second.toString(), third.toString());
		}
		try (RawClient client = RawClient.get(server.port(), path("resume") + "?lastEventId=" + second)) {
			assertThat(ids(client, 1)).containsExactly(third.toString());
		}
		try (RawClient client = RawClient.get(server.port(), path("resume") + "?lastEventId=" + first,
				"Last-Event-ID: " + second)) {
			assertThat(ids(client, 1)).containsExactly(third.toString());
		}
	}

	/** Clients that come back append what they have seen to the URL they were given. */
	@Test
	void theNewestOfTwoCursorsInTheUrlCounts() {
		TestJob job = server.job("appended");
		EventId first = job.queued();
		EventId second = job.phase("reading");
		EventId third = job.phase("writing");
		try (RawClient client = RawClient.get(server.port(),
				path("appended") + "?lastEventId=" + first + "&lastEventId=" + second)) {
			assertThat(ids(client, 1)).containsExactly(third.toString());
		}
	}

	@Test
	void beginsWhereTheClientWantsTo() {
		TestJob job = server.job("begin");
		EventId first = job.queued();
		EventId second = job.phase("reading");
		try (RawClient all = RawClient.get(server.port(), path("begin") + "?lastEventId=0");
				RawClient latest = RawClient.get(server.port(), path("begin") + "?lastEventId=latest");
				RawClient now = RawClient.get(server.port(), path("begin") + "?lastEventId=now")) {
			assertThat(ids(all, 2)).containsExactly(first.toString(), second.toString());
			assertThat(ids(latest, 1)).containsExactly(second.toString());
			EventId third = job.phase("writing");
			assertThat(ids(now, 1)).containsExactly(third.toString());
		}
	}

	@Test
	void sendsNothingToAClientThatHasSeenTheEnd() {
		TestJob job = server.job("seen-the-end");
		job.queued();
		EventId last = job.done("ok");
		try (RawClient client = stream("seen-the-end", "Last-Event-ID: " + last)) {
			assertThat(client.status()).isEqualTo(204);
			assertThat(client.header("cache-control")).isEqualTo("no-store");
		}
	}

	@Test
	void refusesACursorThatIsNotGoodWhereThatIsAskedFor() {
		TestJob job = server.job("stale");
		EventId first = job.queued();
		for (String cursor : List.of("17-1", "nonsense", first.ms() + "-2", "x".repeat(5_000))) {
			try (RawClient client = RawClient.get(server.port(), "/progress/jobs/stale/events?stale=gone",
					"Last-Event-ID: " + cursor)) {
				assertThat(client.status()).isEqualTo(410);
				assertThat(client.header("content-type")).isEqualTo("application/problem+json");
				assertThat(client.header("cache-control")).isEqualTo("no-store");
				assertThat(client.body()).contains("\"type\":\"urn:problem-type:progress-sse:stale-cursor\"")
					.contains("\"earliestId\":\"" + first + "\"")
					.contains("\"latestId\":\"" + first + "\"")
					.contains("\"statusUrl\":\"/progress/jobs/stale\"")
					.doesNotContain("nonsense");
			}
		}
	}

	@Test
	void sendsAHeartbeatWhenThereIsNothingToSay() {
		server.job("quiet").queued();
		try (RawClient client = stream("quiet")) {
			client.frame();
			client.frame();
			assertThat(client.line()).isEqualTo(": hb");
			assertThat(client.line()).isEqualTo(": hb");
		}
	}

	@Test
	void answersWhereAJobStands() {
		TestJob job = server.job("status");
		EventId first = job.queued();
		try (RawClient client = RawClient.get(server.port(), "/progress/jobs/status")) {
			assertThat(client.status()).isEqualTo(200);
			assertThat(client.header("content-type")).isEqualTo("application/json");
			assertThat(client.header("etag")).isEqualTo("\"" + first + "\"");
			assertThat(client.body()).startsWith("{\"jobId\":\"status\"").contains("\"state\":\"queued\"");
		}
		try (RawClient client = RawClient.get(server.port(), "/progress/jobs/nobody-knows")) {
			assertThat(client.status()).isEqualTo(404);
			assertThat(client.body()).contains("unknown-job");
		}
		try (RawClient client = RawClient.get(server.port(), "/progress/jobs/b%7Bd")) {
			assertThat(client.status()).isEqualTo(400);
			assertThat(client.body()).contains("malformed-job-id");
		}
	}

	private static RawClient stream(String job, String... headers) {
		return RawClient.get(server.port(), path(job), headers);
	}

	private static String path(String job) {
		return "/progress/jobs/" + job + "/events";
	}

	private static List<String> event(RawClient client) {
		List<String> frame = client.frame();
		while (frame.get(0).startsWith(":") || frame.get(0).startsWith("retry")) {
			frame = client.frame();
		}
		return frame;
	}

	private static List<String> ids(RawClient client, int count) {
		return java.util.stream.Stream.generate(() -> event(client))
			.limit(count)
			.map((frame) -> frame.get(frame.size() - 1).substring("id: ".length()))
			.toList();
	}

}
