package io.progress.sse.web;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.stream.admission.EventStreams;
import io.progress.sse.web.access.JobAccessPolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * One stream of all jobs of a caller.
 */
@Tag("protocol")
@Timeout(60)
class OwnedStreamTests {

	private static final String ALICE = "X-Test-User: alice";

	private static final String BOB = "X-Test-User: bob";

	private static final String ROOT = "X-Test-User: root";

	private static final Instant TIME = Instant.parse("2026-05-31T01:00:01Z");

	private TestServer server;

	@BeforeEach
	void start() {
		this.server = TestServer.start(new Class<?>[] { Administrators.class }, "progress.sse.linger=50ms",
				"progress.sse.heartbeat=200ms", "progress.sse.limits.jobs-per-stream=3",
				"progress.sse.limits.per-principal=1");
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void aStreamBeginsWithSnapshotsOfThoseThatRunAndGoesOnWithThoseToCome() {
		TestJob first = job("first", "alice", 1);
		first.queued();
		first.phase("at work");
		job("ended", "alice", 2).done("before");
		try (RawClient client = stream("", ALICE)) {
			assertThat(client.status()).isEqualTo(200);
			assertThat(client.event()).containsEntry("event", "listed").containsEntry("data", "{\"jobs\":1}");
			assertThat(seen(client)).isEqualTo("first at work");
			TestJob second = job("second", "alice", 3);
			second.queued();
			assertThat(seen(client)).isEqualTo("second queued");
			first.done("ok");
			assertThat(seen(client)).isEqualTo("first done");
			second.phase("alone");
			assertThat(seen(client)).isEqualTo("second alone");
			second.done("ok");
			assertThat(seen(client)).isEqualTo("second done");
			job("third", "alice", 4).queued();
			assertThat(seen(client)).as("it does not end when all jobs have").isEqualTo("third queued");
		}
	}

	@Test
	void eachUserSeesTheirsAndAnAdministratorSeesAll() {
		job("a1", "alice", 1).queued();
		job("b1", "bob", 2).queued();
		try (RawClient alice = stream("", ALICE);
				RawClient bob = stream("", BOB);
				RawClient root = stream("?owner=*", ROOT);
				RawClient other = stream("?owner=bob", ALICE);
				RawClient all = stream("?owner=*", BOB)) {
			job("b2", "bob", 3).queued();
			job("nobodys", null, 4).queued();
			job("hidden-one", "bob", 5).queued();
			job("a2", "alice", 6).queued();
			job("b3", "bob", 7).queued();
			assertThat(Stream.generate(() -> seen(alice)).limit(3)).containsExactly("listed", "a1 queued", "a2 queued");
			assertThat(Stream.generate(() -> seen(bob)).limit(2)).containsExactly("listed", "b1 queued");
			assertThat(Stream.generate(() -> seen(bob)).limit(2)).as("jobs have no order among each other")
				.containsExactlyInAnyOrder("b2 queued", "b3 queued");
			assertThat(Stream.generate(() -> seen(root)).limit(4)).contains("a1 queued", "b1 queued");
			assertThat(other.status()).isEqualTo(404);
			assertThat(other.body()).contains("no-job-list").isEqualTo(all.body());
		}
	}

	@Test
	void whoLosesTheRightMeanwhileSeesNoFurtherJobs() {
		try (RawClient client = stream("?owner=*", ROOT)) {
			assertThat(seen(client)).isEqualTo("listed");
			job("b1", "bob", 1).queued();
			assertThat(seen(client)).isEqualTo("b1 queued");
			this.server.bean(Administrators.class).dismissed = true;
			job("b2", "bob", 2).queued();
			job("of-root", "root", 3).queued();
			assertThat(seen(client)).isEqualTo("of-root queued");
		}
		try (RawClient client = stream("?owner=*", ROOT)) {
			assertThat(client.status()).isEqualTo(404);
		}
	}

	@Test
	void aJobThatThePolicyHidesIsNotAmongThoseThatTheStreamBeginsWith() {
		job("hidden-one", "alice", 1).queued();
		job("shown", "alice", 2).queued();
		try (RawClient client = stream("", ALICE)) {
			assertThat(client.event()).containsEntry("data", "{\"jobs\":1}");
			assertThat(seen(client)).isEqualTo("shown queued");
		}
	}

	@Test
	void jobsThatThePolicyHidesTakeNoPlaceOnTheStream() {
		TestJob ends = job("ends", "alice", 1);
		ends.queued();
		for (int i = 0; i < 30; i++) {
			job("hidden-" + i, "alice", 10 + i).queued();
		}
		try (RawClient client = stream("", ALICE)) {
			assertThat(client.event()).containsEntry("data", "{\"jobs\":1}");
			assertThat(seen(client)).isEqualTo("ends queued");
			job("second", "alice", 2).queued();
			assertThat(seen(client)).isEqualTo("second queued");
			job("third", "alice", 3).queued();
			assertThat(seen(client)).isEqualTo("third queued");
			job("waits", "alice", 4).queued();
			ends.done("ok");
			assertThat(seen(client)).isEqualTo("ends done");
			assertThat(seen(client)).isEqualTo("waits queued");
		}
	}

	@Test
	void withoutAPrincipalThereIsNoStreamOfAllJobs() {
		job("nobodys", null, 1).queued();
		try (RawClient client = stream("")) {
			assertThat(client.status()).isEqualTo(404);
			assertThat(client.body()).contains("no-job-list");
		}
	}

	@Test
	void aClientThatComesBackMissesNothingAndGetsNothingTwice() {
		TestJob goesOn = job("goes-on", "alice", 1);
		TestJob ends = job("ends", "alice", 2);
		TestJob told = job("told", "alice", 3);
		goesOn.queued();
		ends.queued();
		told.queued();
		String cursor;
		try (RawClient client = stream("", ALICE)) {
			skip(client, 4);
			told.done("ok");
			Map<String, String> end = client.event();
			assertThat(end).containsEntry("event", "done");
			cursor = end.get("id");
			assertThat(cursor).matches("[A-Za-z0-9._~-]+");
		}
		goesOn.phase("one");
		goesOn.phase("two");
		ends.done("ok");
		TestJob cameAndWent = job("came-and-went", "alice", 4);
		cameAndWent.queued();
		cameAndWent.done("ok");
		job("came", "alice", 5).queued();
		try (RawClient client = resumed(cursor)) {
			assertThat(client.event()).containsEntry("event", "listed");
			assertThat(Stream.generate(() -> seen(client)).limit(5)).containsExactlyInAnyOrder("goes-on one",
					"goes-on two", "ends done", "came-and-went done", "came queued");
			goesOn.done("ok");
			Map<String, String> last = client.event();
			assertThat(last.get("data")).contains("goes-on");
			cursor = last.get("id");
		}
		try (RawClient client = resumed(cursor)) {
			assertThat(client.event()).containsEntry("event", "listed").containsEntry("data", "{\"jobs\":1}");
			job("last", "alice", 6).queued();
			assertThat(seen(client)).isEqualTo("last queued");
		}
	}

	@Test
	void theCursorOfAStreamWithoutJobsIsGood() {
		String cursor;
		try (RawClient client = stream("", ALICE)) {
			cursor = client.event().get("id");
		}
		TestJob job = job("came-and-went", "alice", 1);
		job.queued();
		job.done("ok");
		try (RawClient client = resumed(cursor)) {
			assertThat(seen(client)).isEqualTo("listed");
			assertThat(seen(client)).isEqualTo("came-and-went done");
		}
	}

	@Test
	void aCursorThatIsNoneBeginsAnewAndSaysSo() {
		job("runs", "alice", 1).queued();
		for (String cursor : List.of("1748649600456-2", "unknown", "s!", "s1~short",
				"s1" + "~0000000a.a".repeat(600))) {
			try (RawClient client = stream("", ALICE, "Last-Event-ID: " + cursor)) {
				assertThat(client.event()).containsEntry("event", "reset")
					.containsEntry("data", "{\"reason\":\"stale\"}");
				assertThat(seen(client)).isEqualTo("listed");
				assertThat(seen(client)).isEqualTo("runs queued");
			}
			await().until(() -> this.server.bean(EventStreams.class).streams() == 0);
		}
	}

	@Test
	void theCursorOfAnotherUserShowsNothingOfTheirs() {
		job("of-bob", "bob", 1).queued();
		job("of-alice", "alice", 2).queued();
		String cursor;
		try (RawClient client = stream("", BOB)) {
			client.event();
			cursor = client.event().get("id");
		}
		try (RawClient client = resumed(cursor)) {
			assertThat(client.event()).containsEntry("data", "{\"jobs\":1}");
			assertThat(seen(client)).isEqualTo("of-alice queued");
			job("next-of-bob", "bob", 3).queued();
			job("next-of-alice", "alice", 4).queued();
			assertThat(seen(client)).isEqualTo("next-of-alice queued");
		}
	}

	@Test
	void nowBeginsWithWhatComes() {
		TestJob job = job("runs", "alice", 1);
		job.queued();
		try (RawClient client = stream("?lastEventId=now", ALICE)) {
			assertThat(seen(client)).isEqualTo("listed");
			job.phase("next");
			assertThat(seen(client)).isEqualTo("runs next");
		}
	}

	@Test
	void asManyAsMayBeAreFollowedAndTheNextWhenOneHasEnded() {
		TestJob oldest = job("oldest", "alice", 1);
		oldest.queued();
		TestJob newest = job("job-4", "alice", 4);
		job("job-2", "alice", 2).queued();
		job("job-3", "alice", 3).queued();
		newest.queued();
		try (RawClient client = stream("", ALICE)) {
			assertThat(client.event()).containsEntry("data", "{\"jobs\":3,\"more\":true}");
			assertThat(Stream.generate(() -> seen(client)).limit(3)).containsExactlyInAnyOrder("job-4 queued",
					"job-3 queued", "job-2 queued");
			newest.done("ok");
			assertThat(seen(client)).isEqualTo("job-4 done");
			assertThat(seen(client)).isEqualTo("oldest queued");
			assertThat(this.server.bean(MeterRegistry.class).get("progress.sse.list.left-out").counter().count())
				.isPositive();
		}
	}

	@Test
	void aStreamIsOneSeatAndLeavesNoFeedsBehind() {
		job("one", "alice", 1).queued();
		job("two", "alice", 2).queued();
		EventStreams streams = this.server.bean(EventStreams.class);
		try (RawClient client = stream("", ALICE)) {
			skip(client, 3);
			assertThat(streams.streams()).isEqualTo(1);
			assertThat(streams.feeds()).isEqualTo(2);
		}
		await().until(() -> streams.streams() == 0 && streams.feeds() == 0);
	}

	@Test
	void anEndedJobIsFollowedNoLonger() {
		TestJob ends = job("ends", "alice", 1);
		ends.queued();
		try (RawClient client = stream("", ALICE)) {
			skip(client, 2);
			ends.done("ok");
			assertThat(seen(client)).isEqualTo("ends done");
			await().until(() -> this.server.bean(EventStreams.class).feeds() == 0);
		}
	}

	@Test
	void logoutEndsTheStream() {
		try (RawClient client = stream("", ALICE)) {
			assertThat(seen(client)).isEqualTo("listed");
			this.server.bean(JobAccess.class).closeAll("alice");
			assertThat(client.frames()).last().asString().matches("\\[retry: [12]\\d{3}]");
		}
	}

	@Test
	void aShutdownSaysGoodbye() {
		TestServer leaving = TestServer.start(new Class<?>[] { Administrators.class });
		try (RawClient client = RawClient.get(leaving.port(), "/progress/events", ALICE)) {
			assertThat(client.event()).containsEntry("event", "listed");
			leaving.close();
			assertThat(client.frames()).last().asString().matches("\\[retry: \\d{4,5}]");
		}
	}

	@Test
	void clientsThatPollGetTheList() {
		job("a1", "alice", 1).queued();
		try (RawClient client = stream("", ALICE, "Accept: application/json")) {
			assertThat(client.body()).startsWith("{\"jobs\":[{\"jobId\":\"a1\"").endsWith("],\"next\":null}");
		}
	}

	private TestJob job(String id, @Nullable String owner, int second) {
		return this.server.job(new JobInfo(JobId.of(id), "test", owner, null, TIME.plusSeconds(second)));
	}

	/**
	 * What an event says: the job and where it stands.
	 */
	private static String seen(RawClient client) {
		Map<String, String> event = client.event();
		String data = event.get("data");
		if (!data.contains("\"jobId\"")) {
			return event.get("event");
		}
		String id = data.replaceAll(".*\"jobId\":\"([^\"]*)\".*", "$1");
		String state = data.replaceAll(".*\"state\":\"([^\"]*)\".*", "$1");
		return id + " " + (data.contains("\"phase\"") ? data.replaceAll(".*\"phase\":\"([^\"]*)\".*", "$1") : state);
	}

	private static void skip(RawClient client, int events) {
		for (int i = 0; i < events; i++) {
			client.event();
		}
	}

	private RawClient resumed(String cursor) {
		return stream("?lastEventId=" + cursor, ALICE);
	}

	private RawClient stream(String query, String... headers) {
		return RawClient.get(this.server.port(), "/progress/events" + query, headers);
	}

	@Configuration(proxyBeanMethods = false)
	static class Administrators {

		volatile boolean dismissed;

		@Bean
		JobAccessPolicy policy() {
			JobAccessPolicy owners = JobAccessPolicy.owners();
			JobAccessPolicy policy = (caller, job, action) -> owners.permits(caller, job, action)
				.map((permitted) -> permitted && !job.id().value().startsWith("hidden"));
			return policy.orAdministrators((caller) -> !this.dismissed && caller.getName().equals("root"));
		}

		@Bean
		MeterRegistry meters() {
			return new SimpleMeterRegistry();
		}

	}

}
