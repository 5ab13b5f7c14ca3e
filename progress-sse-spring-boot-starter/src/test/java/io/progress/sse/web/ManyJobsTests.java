package io.progress.sse.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.progress.sse.event.JobId;
import io.progress.sse.store.memory.InMemoryProgressEventStore;
import io.progress.sse.stream.admission.EventStreams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Many jobs on one stream.
 */
@Tag("protocol")
class ManyJobsTests {

	private static TestServer server;

	@BeforeAll
	static void start() {
		server = TestServer.start("progress.sse.await-unknown=400ms", "progress.sse.events-per-job=4",
				"progress.sse.linger=50ms", "progress.sse.heartbeat=200ms");
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@Test
	void aStreamOfManyJobsEndsWhenAllHaveEnded() {
		TestJob a = server.job("many-a");
		TestJob b = server.job("many-b");
		a.queued();
		try (RawClient client = stream("?job=many-b&job=many-a")) {
			assertThat(client.event().get("data")).startsWith("{\"jobId\":\"many-a\"");
			b.queued();
			assertThat(client.event().get("data")).startsWith("{\"jobId\":\"many-b\"");
			a.done("a");
			assertThat(client.event()).containsEntry("event", "done");
			b.phase("working");
			assertThat(client.event().get("data")).contains("working");
			b.done("b");
			Map<String, String> last = client.event();
			assertThat(last).containsEntry("event", "done");
			assertThat(client.frame()).isNull();
			try (RawClient again = stream("?job=many-a&job=many-b", "Last-Event-ID: " + last.get("id"))) {
				assertThat(again.status()).isEqualTo(204);
			}
		}
	}

	@Test
	void oneCursorResumesAllJobs() {
		TestJob a = server.job("resume-a");
		TestJob b = server.job("resume-b");
		List<String> seen = new ArrayList<>();
		String cursor;
		a.phase("a1");
		try (RawClient client = stream("?job=resume-a&job=resume-b")) {
			seen.add(phase(client.event()));
			b.phase("b1");
			Map<String, String> event = client.event();
			seen.add(phase(event));
			cursor = event.get("id");
		}
		assertThat(cursor).matches("[A-Za-z0-9._~-]+");
		a.phase("a2");
		b.phase("b2");
		try (RawClient client = stream("?job=resume-a&job=resume-b", "Last-Event-ID: " + cursor)) {
			seen.add(phase(client.event()));
			seen.add(phase(client.event()));
		}
		assertThat(seen).containsExactlyInAnyOrder("a1", "b1", "a2", "b2");
	}

	@Test
	void aJobThatDoesNotComeDoesNotHoldTheOthersUp() {
		TestJob a = server.job("comes");
		a.queued();
		String cursor;
		try (RawClient client = stream("?job=comes&job=does-not")) {
			client.event();
			Map<String, String> unknown = client.event();
			assertThat(unknown).containsEntry("event", "unknown").containsEntry("data", "{\"jobId\":\"does-not\"}");
			a.done("ok");
			cursor = client.event().get("id");
			assertThat(client.frame()).isNull();
		}
		try (RawClient client = stream("?job=comes&job=does-not", "Last-Event-ID: " + cursor)) {
			assertThat(client.status()).isEqualTo(204);
		}
		server.job("does-not").queued();
		try (RawClient client = stream("?job=comes&job=does-not", "Last-Event-ID: " + cursor)) {
			assertThat(client.event().get("data")).startsWith("{\"jobId\":\"does-not\"");
		}
	}

	@Test
	void aRemovedJobIsReportedAtOnceAmongOthers() {
		try (TestServer patient = TestServer.start("progress.sse.await-unknown=1h")) {
			TestJob a = patient.job("stays");
			TestJob b = patient.job("goes");
			a.queued();
			b.queued();
			String path = "/progress/events?job=stays&job=goes";
			String cursor;
			try (RawClient client = RawClient.get(patient.port(), path)) {
				client.event();
				cursor = client.event().get("id");
			}
			patient.bean(InMemoryProgressEventStore.class).delete(JobId.of("goes")).block();
			try (RawClient client = RawClient.get(patient.port(), path, "Last-Event-ID: " + cursor)) {
				assertThat(client.event()).containsEntry("event", "unknown")
					.containsEntry("data", "{\"jobId\":\"goes\"}");
				a.done("ok");
				assertThat(client.event()).containsEntry("event", "done");
				assertThat(client.frame()).isNull();
			}
		}
	}

	@Test
	void aCursorThatIsNotGoodForOneJobIsGoneOrResetsThatJob() {
		TestJob a = server.job("stale-a");
		TestJob b = server.job("stale-b");
		a.queued();
		b.queued();
		String cursor;
		try (RawClient client = stream("?job=stale-a&job=stale-b")) {
			client.event();
			cursor = client.event().get("id");
		}
		await().until(() -> server.bean(EventStreams.class).feeds() == 0);
		server.bean(InMemoryProgressEventStore.class).delete(JobId.of("stale-b")).block();
		TestJob again = server.job("stale-b");
		again.phase("b1");
		again.phase("b2");
		a.phase("a1");
		try (RawClient client = stream("?job=stale-a&job=stale-b&stale=gone", "Last-Event-ID: " + cursor)) {
			assertThat(client.status()).isEqualTo(410);
			assertThat(client.body()).contains("\"jobId\":\"stale-b\"");
		}
		try (RawClient client = stream("?job=stale-a&job=stale-b", "Last-Event-ID: " + cursor)) {
			List<Map<String, String>> events = Stream.generate(client::event).limit(4).toList();
			assertThat(events.stream().map(ManyJobsTests::phase)).contains("a1");
			List<Map<String, String>> ofB = events.stream()
				.filter((event) -> event.get("data").contains("stale-b"))
				.toList();
			assertThat(ofB.get(0)).containsEntry("event", "reset")
				.containsEntry("data", "{\"jobId\":\"stale-b\",\"reason\":\"stale\"}");
			assertThat(ofB.subList(1, 3).stream().map(ManyJobsTests::phase)).containsExactly("b1", "b2");
		}
	}

	@Test
	void clientsThatPollGetAListOfWhatTheyMaySee() {
		server.job("polled-a").queued();
		server.job("polled-b").done("b");
		String path = "/progress/events?job=polled-a&job=polled-b&job=polled-c";
		String tag;
		try (RawClient client = RawClient.get(server.port(), path, "Accept: application/json")) {
			assertThat(client.status()).isEqualTo(200);
			assertThat(client.header("retry-after")).isNotNull();
			tag = client.header("etag");
			assertThat(client.body()).startsWith("[{\"jobId\":\"polled-a\"")
				.contains(",{\"jobId\":\"polled-b\"")
				.endsWith("}]")
				.doesNotContain("polled-c");
		}
		try (RawClient client = RawClient.get(server.port(), path, "Accept: application/json",
				"If-None-Match: " + tag)) {
			assertThat(client.status()).isEqualTo(304);
		}
	}

	@Test
	void aJobWithoutANameIsMalformed() {
		for (String query : List.of("?job", "?job=polled-a&job", "?job=")) {
			try (RawClient client = stream(query)) {
				assertThat(client.status()).isEqualTo(400);
				assertThat(client.body()).contains("malformed-job-id");
			}
		}
	}

	@Test
	void theNumberOfJobsIsBounded() {
		String most = IntStream.range(0, 32).mapToObj((i) -> "job=bounded-" + i).collect(Collectors.joining("&"));
		try (RawClient client = stream("?" + most)) {
			assertThat(client.status()).isEqualTo(200);
		}
		try (RawClient client = stream("?" + most + "&job=one-more")) {
			assertThat(client.status()).isEqualTo(400);
			assertThat(client.body()).contains("malformed-request");
		}
	}

	private static String phase(Map<String, String> event) {
		return event.get("data").replaceAll(".*\"phase\":\"([^\"]*)\".*", "$1");
	}

	private static RawClient stream(String query, String... headers) {
		return RawClient.get(server.port(), "/progress/events" + query, headers);
	}

}
