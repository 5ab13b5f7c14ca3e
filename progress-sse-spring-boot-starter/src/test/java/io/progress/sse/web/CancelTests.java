package io.progress.sse.web;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.progress.sse.JobHandle;
import io.progress.sse.JobSpec;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressTracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/**
 * Asking a job to stop.
 */
@Tag("protocol")
class CancelTests {

	private static TestServer server;

	@BeforeAll
	static void start() {
		server = TestServer.start("progress.sse.cancel.enabled=true");
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@Test
	void aRunningJobIsAskedToStop() throws Exception {
		CountDownLatch never = new CountDownLatch(1);
		JobHandle job = server.bean(ProgressTracker.class)
			.start(JobSpec.named("endless").withOwner("alice"), (progress) -> {
				while (!never.await(10, TimeUnit.MILLISECONDS)) {
					progress.checkCancelled();
				}
				return "never";
			});
		assertThat(statusOf(job.id().value(), "X-Test-User: mallory")).isEqualTo(404);
		assertThat(statusOf(job.id().value(), "X-Test-User: alice")).isEqualTo(202);
		assertThat(job.ended().toCompletableFuture().get(10, TimeUnit.SECONDS)).hasToString("CANCELLED");
		try (RawClient client = RawClient.get(server.port(), "/progress/jobs/" + job.id() + "/events",
				"X-Test-User: alice")) {
			String last = null;
			for (var frame : client.frames()) {
				last = frame.get(0);
			}
			assertThat(last).isEqualTo("event: cancelled");
		}
		assertThat(statusOf(job.id().value(), "X-Test-User: alice")).isEqualTo(409);
	}

	@Test
	void aSlowActionHoldsUpNobody() throws Exception {
		ProgressJob job = server.bean(ProgressTracker.class).open(JobSpec.named("slow"));
		CountDownLatch called = new CountDownLatch(1);
		CountDownLatch free = new CountDownLatch(1);
		job.reporter().onCancel(() -> {
			called.countDown();
			assertThatCode(free::await).doesNotThrowAnyException();
		});
		assertThat(statusOf(job.id().value())).isEqualTo(202);
		assertThat(called.await(10, TimeUnit.SECONDS)).isTrue();
		for (int i = 0; i < 16; i++) {
			assertThat(statusOf("nobody-knows")).isEqualTo(404);
		}
		free.countDown();
		job.cancelled();
	}

	@Test
	void aJobThatIsNotThereOrNotHereIsNotCancelled() {
		server.job("on-another-node").queued();
		assertThat(statusOf("nobody-knows")).isEqualTo(404);
		assertThat(statusOf("on-another-node")).isEqualTo(409);
	}

	@Test
	void cancellingIsOffByDefault() {
		try (TestServer plain = TestServer.start();
				RawClient client = RawClient.send(plain.port(), "DELETE", "/progress/jobs/whatever")) {
			assertThat(client.status()).isEqualTo(405);
			assertThat(client.header("allow")).isEqualTo("GET, HEAD, OPTIONS");
		}
	}

	private static int statusOf(String job, String... headers) {
		try (RawClient client = RawClient.send(server.port(), "DELETE", "/progress/jobs/" + job, headers)) {
			return client.status();
		}
	}

}
