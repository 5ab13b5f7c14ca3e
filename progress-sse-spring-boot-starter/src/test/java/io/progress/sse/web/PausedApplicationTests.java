package io.progress.sse.web;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.progress.sse.JobSpec;
import io.progress.sse.ProgressTracker;
import io.progress.sse.event.JobState;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * An application that is stopped and started again without being closed, as for a
 * checkpoint.
 */
@Tag("protocol")
class PausedApplicationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	@Test
	void aPausedApplicationRunsNothingOfOursAndGoesOnAfterwards() {
		Set<Thread> before = threads();
		try (TestServer server = TestServer.start()) {
			TestJob job = server.job("paused");
			job.queued();
			String last;
			try (RawClient client = RawClient.get(server.port(), "/progress/jobs/paused/events")) {
				last = client.event().get("id");
				runJob(server);
				long start = System.nanoTime();
				server.context().stop();
				assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE);
				List<List<String>> frames = client.frames();
				assertThat(frames).last().asString().matches("\\[retry: \\d+]");
			}
			await().atMost(PATIENCE).untilAsserted(() -> assertThat(newThreads(before)).isEmpty());
			String missed = job.phase("meanwhile").toString();

			server.context().start();
			runJob(server);
			try (RawClient client = RawClient.get(server.port(), "/progress/jobs/paused/events",
					"Last-Event-ID: " + last)) {
				assertThat(client.event()).containsEntry("id", missed);
				String next = job.phase("afterwards").toString();
				assertThat(client.event()).containsEntry("id", next);
			}
		}
	}

	@Test
	void anApplicationThatServedNoStreamCanBePausedTwice() {
		try (TestServer server = TestServer.start()) {
			for (int i = 0; i < 2; i++) {
				server.context().stop();
				server.context().start();
			}
			server.job("first").queued();
			try (RawClient client = RawClient.get(server.port(), "/progress/jobs/first/events")) {
				assertThat(client.event()).containsKey("id");
			}
		}
	}

	private static void runJob(TestServer server) {
		JobState end = server.bean(ProgressTracker.class)
			.start(JobSpec.named("work"), (progress) -> "done")
			.ended()
			.toCompletableFuture()
			.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
			.join();
		assertThat(end).isEqualTo(JobState.DONE);
	}

	/** Those of streams and of the ticker; executors keep theirs for a while. */
	private static Set<Thread> newThreads(Set<Thread> before) {
		Set<Thread> fresh = threads();
		fresh.removeAll(before);
		fresh.removeIf((thread) -> !thread.getName().startsWith("progress-sse-")
				&& !thread.getName().startsWith("progress-ticker"));
		return fresh;
	}

	private static Set<Thread> threads() {
		return new HashSet<>(Thread.getAllStackTraces().keySet());
	}

}
