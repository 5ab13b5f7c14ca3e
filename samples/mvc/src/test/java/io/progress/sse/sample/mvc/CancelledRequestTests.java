package io.progress.sse.sample.mvc;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

import io.progress.sse.ProgressTracker;
import io.progress.sse.event.JobId;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A synchronous request whose job is cancelled.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ExtendWith(OutputCaptureExtension.class)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class CancelledRequestTests {

	@LocalServerPort
	private int port;

	@Autowired
	private ProgressTracker tracker;

	@Test
	void isAConflictAndNoErrorInTheLog(CapturedOutput log) throws Exception {
		Visitor alice = new Visitor(this.port).login("alice");
		String id = UUID.randomUUID().toString();
		CompletableFuture<Integer> status = CompletableFuture.supplyAsync(() -> order(alice, id));
		await().until(() -> this.tracker.cancel(JobId.of(id)));
		assertThat(status.get()).isEqualTo(409);
		assertThat(log).doesNotContain("ERROR");
	}

	private static int order(Visitor alice, String id) {
		try {
			return alice.post("/books?title=x&pages=3", "X-Job-Id", id).statusCode();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
