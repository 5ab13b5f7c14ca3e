package io.progress.sse.web;

import java.time.Instant;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

import io.progress.sse.event.JobId;
import io.progress.sse.event.JobInfo;
import io.progress.sse.store.memory.InMemoryProgressEventStore;
import io.progress.sse.web.access.JobAccessPolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Lists and streams of jobs from an index that answers late, or with jobs of others.
 */
@Tag("protocol")
@Timeout(60)
class UnusualIndexTests {

	private static final String ALICE = "X-Test-User: alice";

	private static final String ROOT = "X-Test-User: root";

	private static final Instant TIME = Instant.parse("2026-05-31T01:00:01Z");

	@Test
	void aJobThatAppearsWhileTheIndexIsAskedIsFollowedOnceThereIsRoom() {
		try (TestServer server = TestServer.start(new Class<?>[] { LateIndex.class },
				"progress.sse.limits.jobs-per-stream=1", "progress.sse.heartbeat=200ms");
				RawClient client = RawClient.get(server.port(), "/progress/events", ALICE)) {
			assertThat(client.event()).containsEntry("event", "listed");
			TestIndex index = server.bean(TestIndex.class);
			await().until(() -> index.questions() == 4);
			TestJob first = job(server, "first", "alice", 1);
			first.queued();
			assertThat(client.event().get("data")).contains("\"first\"");
			job(server, "second", "alice", 2).queued();
			index.answer();
			first.done("ok");
			assertThat(client.event().get("data")).contains("\"first\"", "\"done\"");
			assertThat(client.event().get("data")).contains("\"second\"", "\"queued\"");
		}
	}

	@Test
	void jobsOfOthersThatAnIndexGivesAreLeftOut() {
		try (TestServer server = TestServer.start(new Class<?>[] { ForeignIndex.class })) {
			job(server, "b1", "bob", 1).queued();
			job(server, "nobodys", null, 2).queued();
			job(server, "a1", "alice", 3).queued();
			try (RawClient list = RawClient.get(server.port(), "/progress/jobs?owner=alice", ROOT);
					RawClient stream = RawClient.get(server.port(), "/progress/events?owner=alice", ROOT)) {
				assertThat(list.body()).contains("\"a1\"").doesNotContain("\"b1\"", "nobodys");
				assertThat(stream.event()).containsEntry("data", "{\"jobs\":1}");
				job(server, "b2", "bob", 4).queued();
				job(server, "a2", "alice", 5).queued();
				assertThat(Stream.generate(() -> stream.event().get("data")).limit(2))
					.allMatch((data) -> data.contains("\"a1\"") || data.contains("\"a2\""));
			}
		}
	}

	private static TestJob job(TestServer server, String id, @Nullable String owner, int second) {
		return server.job(new JobInfo(JobId.of(id), "test", owner, null, TIME.plusSeconds(second)));
	}

	@Configuration(proxyBeanMethods = false)
	static class Store {

		@Bean
		InMemoryProgressEventStore memory() {
			return InMemoryProgressEventStore.builder().build();
		}

		@Bean
		JobAccessPolicy policy() {
			return JobAccessPolicy.owners().orAdministrators((caller) -> caller.getName().equals("root"));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LateIndex extends Store {

		/**
		 * The first two answers begin the stream; the next two find what it has missed.
		 */
		@Bean
		@Primary
		TestIndex index(InMemoryProgressEventStore memory) {
			return TestIndex.late(memory, 4);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ForeignIndex extends Store {

		@Bean
		@Primary
		TestIndex index(InMemoryProgressEventStore memory) {
			return TestIndex.foreign(memory);
		}

	}

}
