package io.progress.sse.web;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.progress.sse.event.JobId;
import io.progress.sse.store.EventId;
import io.progress.sse.store.memory.InMemoryProgressEventStore;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Cursors that are not good any more.
 */
@Tag("protocol")
class StaleCursorTests {

	private static TestServer server;

	@BeforeAll
	static void start() {
		server = TestServer.start(
				Stream
					.concat(Stream.of("progress.sse.routes.strict.path=/strict/{jobId}",
							"progress.sse.routes.strict.on-stale-id=gone"),
							Stream.of("standard", "phase", "percent", "stage", "status")
								.flatMap((format) -> Stream.of(
										"progress.sse.routes.%s.path=/%1$s/{jobId}".formatted(format),
										"progress.sse.routes.%s.format=%1$s".formatted(format))))
					.toArray(String[]::new));
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@Test
	void anInvalidCursorGetsAllStoredEventsAndThenNewOnes() {
		TestJob job = server.job("reset");
		List<EventId> retained = new ArrayList<>(List.of(job.queued(), job.phase("reading")));
		for (String cursor : List.of("1-1", "nonsense")) {
			try (RawClient client = stream("reset", "", "Last-Event-ID: " + cursor)) {
				assertThat(client.status()).isEqualTo(200);
				assertThat(client.event()).containsEntry("event", "reset")
					.containsEntry("data", "{\"jobId\":\"reset\",\"reason\":\"stale\"}")
					.doesNotContainKey("id");
				assertThat(ids(client, retained.size())).isEqualTo(retained);
				retained.add(job.phase("and so on after " + cursor));
				assertThat(ids(client, 1)).isEqualTo(retained.subList(retained.size() - 1, retained.size()));
			}
		}
	}

	@Test
	void aResetIsTheSameInEveryFormatAndLeavesAGoodCursor() {
		TestJob job = server.job("formats");
		EventId first = job.queued();
		EventId second = job.phase("reading");
		for (String format : List.of("standard", "phase", "percent", "stage", "status")) {
			String path = "/" + format + "/formats";
			String cursor;
			try (RawClient client = RawClient.get(server.port(), path, "Last-Event-ID: 1-1")) {
				assertThat(client.event()).containsEntry("event", "reset").doesNotContainKey("id");
				cursor = client.event().get("id");
				assertThat(cursor).isEqualTo(first.toString());
			}
			try (RawClient client = RawClient.get(server.port(), path, "Last-Event-ID: " + cursor)) {
				assertThat(client.event()).containsEntry("id", second.toString());
			}
		}
	}

	@Test
	void aResetToAnEndedJobEnds() {
		TestJob job = server.job("reset-to-end");
		job.queued();
		job.done("ok");
		try (RawClient client = stream("reset-to-end", "", "Last-Event-ID: 1-1")) {
			assertThat(client.event()).containsEntry("event", "reset");
			assertThat(client.event()).containsEntry("event", "progress");
			assertThat(client.event()).containsEntry("event", "done");
			assertThat(client.frame()).isNull();
		}
	}

	@Test
	void aJobThatIsReplacedUnderAStreamIsNeverContinuedSilently() {
		TestJob before = server.job("replaced");
		before.queued();
		EventId seen = before.phase("reading");
		try (RawClient strict = stream("replaced", "?lastEventId=now&stale=gone");
				RawClient lenient = stream("replaced", "?lastEventId=now")) {
			strict.frame();
			lenient.frame();
			server.bean(InMemoryProgressEventStore.class).delete(JobId.of("replaced")).block();
			TestJob after = server.job("replaced");
			EventId first = after.queued();
			EventId latest = after.phase("again");
			assertThat(lenient.event()).containsEntry("event", "reset");
			assertThat(ids(lenient, 2)).containsExactly(first, latest);
			assertThat(strict.frames()).isEmpty();
		}
		try (RawClient strict = stream("replaced", "?stale=gone", "Last-Event-ID: " + seen)) {
			assertThat(strict.status()).isEqualTo(410);
		}
	}

	@Test
	void aSettingRefusesEveryStaleCursor() {
		try (TestServer strict = TestServer.start("progress.sse.on-stale-id=gone",
				"progress.sse.routes.lenient.path=/lenient/{jobId}", "progress.sse.routes.lenient.on-stale-id=reset")) {
			strict.job("strict").queued();
			try (RawClient client = RawClient.get(strict.port(), "/progress/jobs/strict/events",
					"Last-Event-ID: 1-1")) {
				assertThat(client.status()).isEqualTo(410);
			}
			try (RawClient client = RawClient.get(strict.port(), "/lenient/strict", "Last-Event-ID: 1-1")) {
				assertThat(client.event()).containsEntry("event", "reset");
			}
		}
	}

	@Test
	void aRouteRefusesAStaleCursorWhereItsApiPromisesThat() {
		server.job("promised").queued();
		try (RawClient client = RawClient.get(server.port(), "/strict/promised", "Last-Event-ID: 1-1")) {
			assertThat(client.status()).isEqualTo(410);
		}
		try (RawClient client = RawClient.get(server.port(), "/strict/promised?stale=reset", "Last-Event-ID: 1-1")) {
			assertThat(client.event()).containsEntry("event", "reset");
		}
	}

	private static List<EventId> ids(RawClient client, int count) {
		return Stream.generate(client::event)
			.limit(count)
			.map((event) -> EventId.parse(event.get("id")).orElseThrow())
			.toList();
	}

	private static RawClient stream(String job, String query, String... headers) {
		return RawClient.get(server.port(), "/progress/jobs/" + job + "/events" + query, headers);
	}

}
