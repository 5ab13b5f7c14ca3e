package io.progress.sse.web;

import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.progress.sse.event.JobId;
import io.progress.sse.store.EventId;
import io.progress.sse.store.InMemoryProgressEventStore;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Cursors that are not good any more.
 */
@Tag("protocol")
class StaleCursorTests {

	private static TestServer server;

	@BeforeAll
	static void start() {
		server = TestServer.start("progress.sse.events-per-job=4");
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@Test
	void oneThatIsNoLongerRetainedIsGone() {
		TestJob job = server.job("trimmed");
		EventId first = job.queued();
		List<EventId> rest = List.of(job.phase("a"), job.phase("b"), job.phase("c"), job.phase("d"));
		try (RawClient client = stream("trimmed", "", "Last-Event-ID: " + first)) {
			assertThat(client.status()).isEqualTo(410);
			assertThat(client.body()).contains("\"earliestId\":\"" + rest.get(0) + "\"",
					"\"latestId\":\"" + rest.get(3) + "\"");
		}
		try (RawClient client = stream("trimmed", "", "Last-Event-ID: " + rest.get(0))) {
			assertThat(client.event()).containsEntry("id", rest.get(1).toString());
		}
	}

	@Test
	void whoAsksForItGoesOnFromTheNewestEvent() {
		TestJob job = server.job("reset");
		job.queued();
		EventId latest = job.phase("reading");
		for (String cursor : List.of("1-1", "nonsense")) {
			try (RawClient client = stream("reset", "?stale=reset", "Last-Event-ID: " + cursor)) {
				assertThat(client.status()).isEqualTo(200);
				assertThat(client.event()).containsEntry("event", "reset")
					.containsEntry("data", "{\"jobId\":\"reset\",\"reason\":\"stale\"}")
					.doesNotContainKey("id");
				assertThat(client.event()).containsEntry("event", "progress").containsEntry("id", latest.toString());
				latest = job.phase("and so on after " + cursor);
				assertThat(client.event()).containsEntry("id", latest.toString());
			}
		}
	}

	@Test
	void aResetToAnEndedJobEnds() {
		TestJob job = server.job("reset-to-end");
		job.queued();
		job.done("ok");
		try (RawClient client = stream("reset-to-end", "?stale=reset", "Last-Event-ID: 1-1")) {
			assertThat(client.event()).containsEntry("event", "reset");
			assertThat(client.event()).containsEntry("event", "done");
			assertThat(client.frame()).isNull();
		}
	}

	@Test
	void aJobThatIsReplacedUnderAStreamIsNeverContinuedSilently() {
		TestJob before = server.job("replaced");
		before.queued();
		EventId seen = before.phase("reading");
		try (RawClient strict = stream("replaced", "?lastEventId=now");
				RawClient lenient = stream("replaced", "?lastEventId=now&stale=reset")) {
			strict.frame();
			lenient.frame();
			server.bean(InMemoryProgressEventStore.class).delete(JobId.of("replaced")).block();
			TestJob after = server.job("replaced");
			EventId first = after.queued();
			EventId latest = after.phase("again");
			assertThat(lenient.event()).containsEntry("event", "reset");
			assertThat(lenient.event().get("id")).isIn(first.toString(), latest.toString());
			assertThat(strict.frames()).isEmpty();
		}
		try (RawClient strict = stream("replaced", "", "Last-Event-ID: " + seen)) {
			assertThat(strict.status()).isEqualTo(410);
		}
	}

	@Test
	void aSettingTurnsEveryStaleCursorIntoAReset() {
		try (TestServer lenient = TestServer.start("progress.sse.on-stale-id=reset")) {
			lenient.job("lenient").queued();
			try (RawClient client = RawClient.get(lenient.port(), "/progress/jobs/lenient/events",
					"Last-Event-ID: 1-1")) {
				assertThat(client.event()).containsEntry("event", "reset");
			}
		}
	}

	private static RawClient stream(String job, String query, String... headers) {
		return RawClient.get(server.port(), "/progress/jobs/" + job + "/events" + query, headers);
	}

}
