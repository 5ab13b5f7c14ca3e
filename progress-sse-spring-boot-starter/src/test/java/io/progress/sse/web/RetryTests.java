package io.progress.sse.web;

import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.progress.sse.JobSpec;
import io.progress.sse.ProgressTracker;
import io.progress.sse.TooManyJobsException;
import io.progress.sse.event.JobId;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Work that is done again because a client asks for it.
 */
@Tag("protocol")
class RetryTests {

	private static final String ALICE = "X-Test-User: alice";

	private static TestServer server;

	@BeforeAll
	static void start() {
		server = TestServer.start(new Class<?>[] { Again.class });
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@Test
	void theWorkOfAnEndedJobIsDoneAgainAsANewJob() {
		server.job("ended-job", "alice").done("once");
		String id;
		try (RawClient client = retry("ended-job", ALICE)) {
			assertThat(client.status()).isEqualTo(202);
			id = client.header("x-job-id");
			assertThat(client.header("location")).isEqualTo("/progress/jobs/" + id);
			assertThat(client.headers().get("link"))
				.containsExactly("</progress/jobs/" + id + "/events>; rel=\"monitor\"");
			assertThat(client.headers().get("x-job-id")).hasSize(1);
			assertThat(client.header("cache-control")).isEqualTo("no-store");
			assertThat(client.body()).isEqualTo("{\"jobId\":\"" + id + "\",\"events\":\"/progress/jobs/" + id
					+ "/events\",\"status\":\"/progress/jobs/" + id + "\"}");
		}
		assertThat(server.bean(Again.class).caller).hasValue("alice");
		await().untilAsserted(() -> {
			try (RawClient client = RawClient.get(server.port(), "/progress/jobs/" + id, ALICE)) {
				assertThat(client.body()).contains("\"state\":\"done\"");
			}
		});
	}

	@Test
	void aJobThatRunsDoesNotRunASecondTime() {
		server.job("running-job", "alice").queued();
		assertRefused("running-job", 409, "job-running");
	}

	@Test
	void whatTheApplicationCannotRepeatIsRefused() {
		server.job("once-only", "alice").done("once");
		assertRefused("once-only", 409, "not-repeatable");
	}

	@Test
	void aTrackerThatIsFullIsToldAsForEverySubmission() {
		server.job("too-many", "alice").done("once");
		assertRefused("too-many", 503, "too-many-jobs");
	}

	@Test
	void anApplicationThatFailsIsNotQuoted() {
		server.job("failing-job", "alice").done("once");
		assertRefused("failing-job", 500, "retry-failed");
	}

	@Test
	void aForeignJobLooksLikeOneThatIsNotThere() {
		server.job("of-alice", "alice").done("once");
		try (RawClient foreign = retry("of-alice", "X-Test-User: mallory");
				RawClient unknown = retry("of-nobody", "X-Test-User: mallory")) {
			assertThat(foreign.status()).isEqualTo(unknown.status()).isEqualTo(404);
			assertThat(foreign.body()).isEqualTo(unknown.body()).contains("unknown-job");
		}
	}

	@Test
	void withoutAHookThereIsNoRetry() {
		try (TestServer plain = TestServer.start()) {
			plain.job("ended-job", "alice").done("once");
			try (RawClient client = RawClient.send(plain.port(), "POST", "/progress/jobs/ended-job/retry", ALICE)) {
				assertThat(client.status()).isEqualTo(404);
				assertThat(client.body()).contains("no-retry");
			}
		}
	}

	private static void assertRefused(String job, int status, String kind) {
		try (RawClient client = retry(job, ALICE)) {
			assertThat(client.status()).isEqualTo(status);
			assertThat(client.header("content-type")).isEqualTo("application/problem+json");
			assertThat(client.body()).contains(kind).doesNotContain("planned");
		}
	}

	private static RawClient retry(String job, String... headers) {
		return RawClient.send(server.port(), "POST", "/progress/jobs/" + job + "/retry", headers);
	}

	@Configuration(proxyBeanMethods = false)
	static class Again {

		final AtomicReference<String> caller = new AtomicReference<>();

		@Bean
		JobRetry again(ProgressTracker tracker) {
			return (job, caller) -> switch (job.id().value()) {
				case "once-only" -> Mono.empty();
				case "too-many" -> Mono.error(new TooManyJobsException("planned", null));
				case "failing-job" -> throw new LinkageError("planned");
				default -> {
					this.caller.set((caller != null) ? caller.getName() : null);
					JobId id = tracker.start(JobSpec.named(job.name()).withOwner(job.owner()), (progress) -> "again")
						.id();
					yield Mono.just(id);
				}
			};
		}

	}

}
