package io.progress.sse.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.store.AppendResult;
import io.progress.sse.store.EventBatch;
import io.progress.sse.store.EventId;
import io.progress.sse.store.EventPage;
import io.progress.sse.store.JobIndex;
import io.progress.sse.store.JobNotice;
import io.progress.sse.store.JobPage;
import io.progress.sse.store.JobQuery;
import io.progress.sse.store.ProgressEventStore;
import io.progress.sse.store.StoreNotice;
import io.progress.sse.web.access.JobAccessPolicy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The list of a caller's jobs.
 */
@Tag("protocol")
class JobListTests {

	private static final String ALICE = "X-Test-User: alice";

	private static final String BOB = "X-Test-User: bob";

	private static final String ROOT = "X-Test-User: root";

	private static final Instant TIME = Instant.parse("2026-05-31T01:00:01Z");

	private TestServer server;

	@BeforeEach
	void start() {
		this.server = TestServer.start(new Class<?>[] { Administrators.class }, "progress.sse.list.limit=3",
				"progress.sse.list.max-limit=5");
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void eachUserGetsExactlyTheirsNewestFirst() {
		job("a1", "alice", 1).queued();
		job("b1", "bob", 2).queued();
		job("a2", "alice", 3).queued();
		job("nobodys", null, 4).queued();
		assertThat(ids("", ALICE)).containsExactly("a2", "a1");
		assertThat(ids("", BOB)).containsExactly("b1");
		assertThat(ids("?owner=bob", BOB)).containsExactly("b1");
		assertThat(ids("", "X-Test-User: carol")).isEmpty();
	}

	@Test
	void anAdministratorGetsThoseOfOneOwnerOrOfAll() {
		job("a1", "alice", 1).queued();
		job("b1", "bob", 2).queued();
		job("nobodys", null, 3).queued();
		assertThat(ids("?owner=*", ROOT)).containsExactly("nobodys", "b1", "a1");
		assertThat(ids("?owner=alice", ROOT)).containsExactly("a1");
		assertThat(ids("", ROOT)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "?owner=bob", "?owner=*", "?owner=carol", "?owner=%2A", "?owner=alice&owner=bob",
			"?owner=&owner=bob", "?%6fwner=bob", "?owner=ALICE", "?owner=alice%20", "?owner=alice%00",
			"?owner=alice%26owner=bob", "?owner=alice;owner=bob" })
	void nobodyElseListsTheJobsOfOthers(String query) {
		job("b1", "bob", 1).queued();
		for (String path : List.of("/progress/jobs", "/progress/events")) {
			try (RawClient client = RawClient.get(this.server.port(), path + query, ALICE)) {
				assertThat(client.status()).as(path).isEqualTo(404);
				assertThat(client.header("cache-control")).isEqualTo("no-store");
				assertThat(client.body()).contains("urn:problem-type:progress-sse:no-job-list").doesNotContain("b1");
			}
		}
	}

	@Test
	void whatOneUserKnowsOfAListAndItsPagesTellsAnotherNothing() {
		for (int i = 1; i <= 7; i++) {
			job("of-bob-" + i, "bob", i).queued();
		}
		job("of-alice", "alice", 3).queued();
		try (RawClient bob = list("", BOB)) {
			String next = bob.body().replaceAll(".*\"next\":\"([A-Za-z0-9_~-]+)\"}", "$1");
			assertThat(ids("?cursor=" + next, ALICE)).containsExactly("of-alice");
			try (RawClient alice = list("", ALICE, "If-None-Match: " + bob.header("etag"))) {
				assertThat(alice.status()).isEqualTo(200);
				assertThat(alice.header("cache-control")).contains("private", "no-cache");
				assertThat(idsIn(alice.body())).containsExactly("of-alice");
			}
		}
	}

	@Test
	void withoutAPrincipalThereIsNoList() {
		job("nobodys", null, 1).queued();
		try (RawClient client = list("")) {
			assertThat(client.status()).isEqualTo(404);
			assertThat(client.body()).contains("no-job-list").contains("does not say who its caller is");
		}
	}

	@Test
	void eachJobIsItsSnapshotWithItsOwnerAndWhenItBegan() {
		JobInfo child = new JobInfo(JobId.of("child"), "render", "alice", JobId.of("the-parent"), TIME);
		this.server.job(child).phase("drawing");
		String snapshot;
		try (RawClient client = RawClient.get(this.server.port(), "/progress/jobs/child", ALICE)) {
			snapshot = client.body();
		}
		try (RawClient client = list("", ALICE)) {
			assertThat(client.status()).isEqualTo(200);
			assertThat(client.header("content-type")).isEqualTo("application/json");
			assertThat(client.header("cache-control")).isEqualTo("no-cache, private");
			assertThat(client.body()).isEqualTo("{\"jobs\":[" + snapshot.substring(0, snapshot.length() - 1)
					+ ",\"owner\":\"alice\",\"createdAt\":\"2026-05-31T01:00:01Z\"}],\"next\":null}");
			assertThat(snapshot).contains("\"parent\":\"the-parent\"").contains("\"job\":\"render\"");
		}
	}

	@Test
	void theListOfAllSaysWhereAJobRunsAndHowManyWatchItHere() {
		this.server.job(new JobInfo(JobId.of("a1"), "render", "alice", null, TIME, "web-1:8080")).queued();
		job("b1", "bob", 1).queued();
		String tag;
		try (RawClient client = list("?owner=*", ROOT)) {
			tag = client.header("etag");
			assertThat(client.body())
				.contains("\"createdAt\":\"2026-05-31T01:00:01Z\",\"node\":\"web-1:8080\",\"viewers\":0}")
				.containsOnlyOnce("\"node\"");
		}
		try (RawClient stream = RawClient.get(this.server.port(), "/progress/jobs/a1/events", ALICE)) {
			stream.event();
			try (RawClient client = list("?owner=*", ROOT, "If-None-Match: " + tag)) {
				assertThat(client.status()).isEqualTo(200);
				assertThat(client.body()).contains("\"node\":\"web-1:8080\",\"viewers\":1}");
			}
		}
	}

	@Test
	void ownersAreNotToldOfOurServers() {
		JobInfo job = new JobInfo(JobId.of("a1"), "render", "alice", null, TIME, "web-1:8080");
		this.server.job(job).done("ok");
		for (String path : List.of("/jobs", "/jobs?owner=alice", "/jobs/a1", "/jobs/a1/events", "/events?job=a1")) {
			try (RawClient client = RawClient.get(this.server.port(), "/progress" + path, ALICE)) {
				assertThat(client.body()).as(path)
					.contains("\"jobId\":\"a1\"")
					.doesNotContain("web-1", "\"node\"", "\"viewers\"");
			}
		}
	}

	@Test
	void statesNamesAndParentsChoose() {
		job("queued", "alice", 1).queued();
		job("running", "alice", 2).phase("on it");
		job("done", "alice", 3).done("ok");
		this.server.job(new JobInfo(JobId.of("named"), "other", "alice", JobId.of("running"), TIME.plusSeconds(4)))
			.queued();
		assertThat(ids("?state=queued,running", ALICE)).containsExactly("named", "running", "queued");
		assertThat(ids("?state=queued&state=done", ALICE)).containsExactly("named", "done", "queued");
		assertThat(ids("?name=other", ALICE)).containsExactly("named");
		assertThat(ids("?parent=running", ALICE)).containsExactly("named");
		assertThat(ids("?parent=running&state=done", ALICE)).isEmpty();
		assertThat(ids("?state=&name=&parent=&limit=&cursor=&owner=", ALICE)).hasSize(3);
	}

	@Test
	void pagesLeadThroughAllJobs() {
		List<String> all = new ArrayList<>();
		for (int i = 1; i <= 7; i++) {
			job("job-" + i, "alice", i).queued();
			job("of-bob-" + i, "bob", i).queued();
		}
		String query = "";
		int pages = 0;
		while (query != null) {
			try (RawClient client = list(query, ALICE)) {
				String body = client.body();
				all.addAll(idsIn(body));
				pages++;
				query = body.endsWith("\"next\":null}") ? null
						: "?cursor=" + body.replaceAll(".*\"next\":\"([A-Za-z0-9_~-]+)\"}", "$1");
			}
		}
		assertThat(all).containsExactly("job-7", "job-6", "job-5", "job-4", "job-3", "job-2", "job-1");
		assertThat(pages).isBetween(3, 4);
		assertThat(ids("?limit=5", ALICE)).hasSize(5);
	}

	@Test
	void whoHasSeenTheListGetsNoBody() {
		TestJob job = job("a1", "alice", 1);
		job.queued();
		String tag;
		try (RawClient client = list("", ALICE)) {
			tag = client.header("etag");
			assertThat(client.header("retry-after")).isEqualTo("2");
		}
		try (RawClient client = list("", ALICE, "If-None-Match: " + tag)) {
			assertThat(client.status()).isEqualTo(304);
			assertThat(client.header("etag")).isEqualTo(tag);
		}
		job.phase("next");
		try (RawClient client = list("", ALICE, "If-None-Match: " + tag)) {
			assertThat(client.status()).isEqualTo(200);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			value = { "state=on   | state  | 'state' must be some of queued, running, done, failed, cancelled, lost",
					"limit=0    | limit  | 'limit' must be a whole number from 1 to 5, but is '0'",
					"limit=6    | limit  | 'limit' must be a whole number from 1 to 5, but is '6'",
					"limit=-1   | limit  | 'limit' must be a whole number from 1 to 5, but is '-1'",
					"limit=2147483648 | limit | 'limit' must be a whole number from 1 to 5, but is '2147483648'",
					"limit=some | limit  | 'limit' must be a whole number from 1 to 5, but is 'some'",
					"parent=a.b | parent | 'parent' must be a job id, 1 to 128 characters of A-Z, a-z, 0-9, _ and -",
					"cursor=1.1 | cursor | 'cursor' must be the 'next' of the page before, but is '1.1'" })
	void aBadParameterIsNamedWithItsRule(String query, String parameter, String detail) {
		try (RawClient client = list("?" + query, ALICE)) {
			assertThat(client.status()).isEqualTo(400);
			assertThat(client.header("content-type")).isEqualTo("application/problem+json");
			assertThat(client.body()).contains("malformed-request")
				.contains(detail)
				.contains("\"parameter\":\"" + parameter + "\"");
		}
	}

	@Test
	void aLongValueIsNotRepeatedWhole() {
		try (RawClient client = list("?limit=" + "9".repeat(2_000), ALICE)) {
			assertThat(client.status()).isEqualTo(400);
			assertThat(client.body()).hasSizeLessThan(400);
		}
	}

	@Test
	void theListAnswersAsEveryResource() {
		try (RawClient head = RawClient.send(this.server.port(), "HEAD", "/progress/jobs", ALICE);
				RawClient options = RawClient.send(this.server.port(), "OPTIONS", "/progress/jobs", ALICE);
				RawClient post = RawClient.send(this.server.port(), "POST", "/progress/jobs", ALICE);
				RawClient html = list("", ALICE, "Accept: text/html")) {
			assertThat(head.status()).isEqualTo(200);
			assertThat(options.header("allow")).isEqualTo("GET, HEAD, OPTIONS");
			assertThat(post.status()).isEqualTo(405);
			assertThat(html.status()).isEqualTo(406);
		}
	}

	@Test
	void aJobThatThePolicyHidesIsNotInTheList() {
		job("shown", "alice", 1).queued();
		job("hidden-one", "alice", 2).queued();
		assertThat(ids("", ALICE)).containsExactly("shown");
	}

	@Test
	void aStoreWithoutAnIndexHasNoList() {
		try (TestServer plain = TestServer.start(new Class<?>[] { PlainStore.class });
				RawClient client = RawClient.get(plain.port(), "/progress/jobs", ALICE)) {
			assertThat(client.status()).isEqualTo(404);
			assertThat(client.body()).contains("no-job-list").contains("keeps no index");
		}
	}

	@Test
	void whileTheStoreIsAwayTheListIsToo() {
		try (TestServer away = TestServer.start(new Class<?>[] { AwayStore.class });
				RawClient client = RawClient.get(away.port(), "/progress/jobs", ALICE)) {
			assertThat(client.status()).isEqualTo(503);
			assertThat(client.header("retry-after")).isNotNull();
			assertThat(client.body()).contains("store-unavailable").doesNotContain("planned");
		}
	}

	private TestJob job(String id, @Nullable String owner, int second) {
		return this.server.job(new JobInfo(JobId.of(id), "test", owner, null, TIME.plusSeconds(second)));
	}

	private List<String> ids(String query, String... headers) {
		try (RawClient client = list(query, headers)) {
			assertThat(client.status()).isEqualTo(200);
			return idsIn(client.body());
		}
	}

	private static List<String> idsIn(String body) {
		return Pattern.compile("\"jobId\":\"([^\"]+)\"").matcher(body).results().map((id) -> id.group(1)).toList();
	}

	private RawClient list(String query, String... headers) {
		return RawClient.get(this.server.port(), "/progress/jobs" + query, headers);
	}

	@Configuration(proxyBeanMethods = false)
	static class Administrators {

		@Bean
		JobAccessPolicy policy() {
			JobAccessPolicy owners = JobAccessPolicy.owners();
			JobAccessPolicy policy = (caller, job, action) -> job.id().value().startsWith("hidden") ? Mono.just(false)
					: owners.permits(caller, job, action);
			return policy.orAdministrators((caller) -> caller.getName().equals("root"));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PlainStore {

		@Bean
		@Primary
		ProgressEventStore store() {
			return new EmptyStore();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class AwayStore {

		@Bean
		@Primary
		ProgressEventStore store() {
			return new UnreachableIndex();
		}

	}

	/** A store of nothing that implements no more than it must. */
	private static class EmptyStore implements ProgressEventStore {

		@Override
		public Mono<AppendResult> append(EventBatch batch) {
			return Mono.never();
		}

		@Override
		public Mono<EventPage> read(JobId job, @Nullable EventId after, int limit) {
			return Mono.empty();
		}

		@Override
		public Flux<StoreNotice> listen(JobId job) {
			return Flux.never();
		}

		@Override
		public Mono<Boolean> delete(JobId job) {
			return Mono.empty();
		}

	}

	private static final class UnreachableIndex extends EmptyStore implements JobIndex {

		@Override
		public Mono<JobPage> jobs(JobQuery query) {
			return Mono.error(new IllegalStateException("planned"));
		}

		@Override
		public Flux<JobNotice> jobNotices(@Nullable String owner) {
			return Flux.error(new IllegalStateException("planned"));
		}

	}

}
