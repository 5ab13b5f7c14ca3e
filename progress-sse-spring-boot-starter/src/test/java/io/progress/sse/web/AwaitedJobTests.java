package io.progress.sse.web;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import io.progress.sse.JobSpec;
import io.progress.sse.ProgressTracker;
import io.progress.sse.store.EventId;
import io.progress.sse.stream.admission.EventStreams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Streams of jobs that have not come yet, and of those that somebody else owns.
 */
@Tag("protocol")
class AwaitedJobTests {

	private static TestServer server;

	@BeforeAll
	static void start() {
		server = TestServer.start("progress.sse.await-unknown=1s", "progress.sse.limits.awaited-jobs=2");
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	/** Servlet containers do not notice at once that a client has gone. */
	@AfterEach
	void nobodyWaits() {
		await().until(() -> server.bean(EventStreams.class).awaitedJobs() == 0);
	}

	@Test
	void aStreamThatIsOpenedFirstSeesTheJobFromItsBeginning() {
		try (RawClient client = stream("awaited")) {
			assertThat(client.frame()).containsExactly("retry: 3000", ": progress-sse");
			TestJob job = server.job("awaited");
			EventId first = job.queued();
			EventId last = job.done("ok");
			assertThat(client.event()).containsEntry("id", first.toString());
			assertThat(client.event()).containsEntry("id", last.toString()).containsEntry("event", "done");
			assertThat(client.frame()).isNull();
		}
	}

	@Test
	void theOneWhoWaitedInVainIsToldAndStopsAsking() {
		try (RawClient client = stream("never-comes")) {
			assertThat(client.event()).containsExactlyInAnyOrderEntriesOf(
					Map.of("event", "unknown", "data", "{\"jobId\":\"never-comes\"}", "id", "unknown"));
			assertThat(client.frame()).isNull();
		}
		try (RawClient client = stream("never-comes", "Last-Event-ID: unknown")) {
			assertThat(client.status()).isEqualTo(204);
		}
	}

	@Test
	void aClientThatHasSeenARemovedJobIsToldAtOnceAndStopsAsking() {
		try (TestServer patient = TestServer.start("progress.sse.await-unknown=1h")) {
			String path = "/progress/jobs/was-there/events";
			try (RawClient client = RawClient.get(patient.port(), path, "Last-Event-ID: 1748649600456-7")) {
				assertThat(client.event()).containsExactlyInAnyOrderEntriesOf(
						Map.of("event", "unknown", "data", "{\"jobId\":\"was-there\"}", "id", "unknown"));
				assertThat(client.frame()).isNull();
			}
			try (RawClient client = RawClient.get(patient.port(), path, "Last-Event-ID: unknown")) {
				assertThat(client.status()).isEqualTo(204);
			}
		}
	}

	@Test
	void aForeignJobWithACursorLooksLikeARemovedOne() {
		EventId id = server.job("seen-of-alice", "alice").queued();
		assertThat(framesOf("seen-of-alice", "X-Test-User: mallory", "Last-Event-ID: " + id))
			.isEqualTo(framesOf("seen-of-nobody", "X-Test-User: mallory", "Last-Event-ID: " + id).replace("of-nobody",
					"of-alice"));
	}

	@Test
	void theOneWhoWaitedInVainGetsTheJobIfItHasComeSince() {
		EventId first = server.job("came-later").queued();
		try (RawClient client = stream("came-later", "Last-Event-ID: unknown")) {
			assertThat(client.event()).containsEntry("id", first.toString());
		}
	}

	@Test
	void aForeignJobLooksExactlyLikeAnUnknownOne() {
		server.job("of-alice", "alice").queued();
		assertThat(framesOf("of-alice", "X-Test-User: mallory"))
			.isEqualTo(framesOf("of-nobody", "X-Test-User: mallory").replace("of-nobody", "of-alice"));
		for (String path : List.of("/progress/jobs/%s", "/progress/jobs/%s/events")) {
			try (RawClient foreign = get(path.formatted("of-alice"), "Accept: application/json",
					"X-Test-User: mallory");
					RawClient unknown = get(path.formatted("of-nobody"), "Accept: application/json",
							"X-Test-User: mallory")) {
				assertThat(foreign.status()).isEqualTo(unknown.status()).isEqualTo(404);
				assertThat(foreign.body()).isEqualTo(unknown.body());
			}
		}
		try (RawClient foreign = stream("of-alice", "X-Test-User: mallory", "Last-Event-ID: unknown")) {
			assertThat(foreign.status()).isEqualTo(204);
		}
		try (RawClient own = stream("of-alice", "X-Test-User: alice")) {
			assertThat(own.event().get("data")).contains("\"state\":\"queued\"");
		}
	}

	@Test
	void aJobThatWasAwaitedIsKeptFromOthersWhenItComes() {
		try (RawClient owner = stream("secret", "X-Test-User: alice");
				RawClient other = stream("secret", "X-Test-User: mallory")) {
			owner.frame();
			other.frame();
			server.job("secret", "alice").queued();
			assertThat(owner.event().get("data")).contains("\"state\":\"queued\"");
			assertThat(other.event()).containsEntry("event", "unknown");
		}
	}

	@Test
	void aTicketIsIssuedBeforeTheJobExists() {
		try (RawClient client = get(ticketUrl("bought-first", "X-Test-User: alice"))) {
			assertThat(client.frame()).containsExactly("retry: 3000", ": progress-sse");
			server.job("bought-first", "alice").queued();
			assertThat(client.event().get("data")).contains("\"state\":\"queued\"");
		}
	}

	@Test
	void aTicketForAForeignJobIsOneForAnUnknownJob() {
		server.job("bought-by-alice", "alice").queued();
		String foreign = ticketUrl("bought-by-alice", "X-Test-User: mallory");
		String unknown = ticketUrl("bought-by-nobody", "X-Test-User: mallory");
		try (RawClient ofAlice = get(foreign); RawClient ofNobody = get(unknown)) {
			assertThat(String.valueOf(ofAlice.frames()))
				.isEqualTo(String.valueOf(ofNobody.frames()).replace("-nobody", "-alice"));
		}
	}

	@Test
	void anIdThatANamedCallerWaitsForIsReserved() {
		String id = "awaited-0123456789abcdef";
		try (TestServer patient = TestServer.start(new Class<?>[] { Controller.class },
				"progress.sse.await-unknown=1m");
				RawClient owner = awaiting(patient, id, "X-Test-User: alice");
				RawClient other = awaiting(patient, id, "X-Test-User: mallory")) {
			assertThat(owner.status()).isEqualTo(other.status());
			assertThat(statusOfStart(patient, id, "X-Test-User: mallory")).isEqualTo(409);
			assertThat(statusOfStart(patient, id)).isEqualTo(409);
			assertThat(statusOfStart(patient, id, "X-Test-User: alice")).isEqualTo(200);
		}
	}

	@Test
	void anIdThatAnAnonymousCallerWaitsForIsNotReserved() {
		String id = "awaited-fedcba9876543210";
		try (TestServer patient = TestServer.start(new Class<?>[] { Controller.class },
				"progress.sse.await-unknown=1m"); RawClient stranger = awaiting(patient, id)) {
			assertThat(stranger.status()).isEqualTo(200);
			assertThat(statusOfStart(patient, id, "X-Test-User: alice")).isEqualTo(200);
		}
	}

	@Test
	void aFullWaitingRoomSendsTheOldestOfTheClientWithMostPlacesAwayForAMoment() {
		try (RawClient alice = stream("waits-1", "X-Test-User: alice"); RawClient one = stream("waits-2")) {
			alice.frame();
			one.frame();
			try (RawClient two = stream("waits-3"); RawClient three = stream("waits-4")) {
				two.frame();
				three.frame();
				assertThat(one.frame()).singleElement().asString().matches("retry: [12]\\d{3}");
				assertThat(two.frame()).singleElement().asString().matches("retry: [12]\\d{3}");
				EventId first = server.job("waits-1", "alice").queued();
				assertThat(alice.event()).containsEntry("id", first.toString());
				EventId last = server.job("waits-4").queued();
				assertThat(three.event()).containsEntry("id", last.toString());
			}
		}
	}

	@Test
	void anonymousCallersWhoWaitForManyJobsTakeNoPlaceOfOthers() {
		String many = IntStream.range(0, 32).mapToObj((i) -> "job=none-" + i).collect(Collectors.joining("&"));
		try (TestServer patient = TestServer.start("progress.sse.limits.awaited-jobs=64")) {
			List<RawClient> strangers = new ArrayList<>();
			try {
				for (int i = 0; i < 5; i++) {
					strangers.add(RawClient.get(patient.port(), "/progress/events?" + many));
				}
				try (RawClient user = RawClient.get(patient.port(), "/progress/jobs/of-user/events",
						"X-Test-User: alice")) {
					user.frame();
					EventId first = patient.job("of-user", "alice").queued();
					assertThat(user.event()).containsEntry("id", first.toString());
				}
			}
			finally {
				strangers.forEach(RawClient::close);
			}
		}
	}

	@Test
	void withoutAWaitingRoomAnUnknownJobIsNotFound() {
		try (TestServer strict = TestServer.start("progress.sse.await-unknown=0");
				RawClient client = RawClient.get(strict.port(), "/progress/jobs/nobody/events")) {
			assertThat(client.status()).isEqualTo(404);
		}
	}

	private static RawClient awaiting(TestServer patient, String job, String... headers) {
		RawClient client = RawClient.get(patient.port(), "/progress/jobs/" + job + "/events", headers);
		client.frame();
		await().until(() -> patient.bean(EventStreams.class).awaitedJobs() == 1);
		return client;
	}

	private static int statusOfStart(TestServer patient, String id, String... headers) {
		String[] all = Arrays.copyOf(headers, headers.length + 1);
		all[headers.length] = "X-Job-Id: " + id;
		try (RawClient client = RawClient.send(patient.port(), 0, "POST", "/start", "", all)) {
			return client.status();
		}
	}

	private static String framesOf(String job, String... headers) {
		try (RawClient client = stream(job, headers)) {
			return client.headers().keySet() + " " + client.frames();
		}
	}

	private static String ticketUrl(String job, String user) {
		try (RawClient client = RawClient.send(server.port(), "POST", "/progress/jobs/" + job + "/tickets", user)) {
			assertThat(client.status()).isEqualTo(201);
			return client.body().replaceAll(".*\"url\":\"([^\"]+)\".*", "$1");
		}
	}

	private static RawClient stream(String job, String... headers) {
		return get("/progress/jobs/" + job + "/events", headers);
	}

	private static RawClient get(String path, String... headers) {
		return RawClient.get(server.port(), path, headers);
	}

	@RestController
	static class Controller {

		private final ProgressTracker tracker;

		Controller(ProgressTracker tracker) {
			this.tracker = tracker;
		}

		@PostMapping("/start")
		String start() {
			return this.tracker.start(JobSpec.named("work"), (progress) -> null).id().value();
		}

	}

}
