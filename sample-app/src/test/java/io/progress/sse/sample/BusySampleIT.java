package io.progress.sse.sample;

import java.util.Map;
import java.util.concurrent.CountDownLatch;

import io.progress.sse.JobSpec;
import io.progress.sse.ProgressTracker;
import io.progress.sse.sample.files.TemporaryFolder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The application when it has more work than it takes.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "sample.max-demos=1", "spring.task.execution.pool.core-size=1",
				"spring.task.execution.pool.max-size=1", "spring.task.execution.pool.queue-capacity=0",
				"progress.sse.executor.threads=1", "progress.sse.executor.queue-capacity=0" })
class BusySampleIT {

	@LocalServerPort
	private int port;

	@Test
	void aPictureThatFindsNoWorkerIsRefusedAndDeleted(@Autowired ProgressTracker tracker,
			@Autowired TemporaryFolder folder) {
		CountDownLatch free = new CountDownLatch(1);
		tracker.start(JobSpec.named("busy"), (progress) -> {
			free.await();
			return null;
		});
		ResponseEntity<Map<String, Object>> answer = new SampleClient(this.port).convert(Pictures.jpeg(10, 10), "png");
		free.countDown();
		assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
		assertThat(answer.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("5");
		assertThat(answer.getBody()).containsEntry("detail", "Too many jobs are waiting already");
		assertThat(folder.path()).isEmptyDirectory();
	}

	@Test
	void aDemoTooManyIsRefused() {
		SampleClient client = new SampleClient(this.port);
		String stream = SampleClient.stream(client.demo("steps=10&delayMs=100"));
		assertThat(client.demo("").getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
		client.watchToTheEnd(stream);
		Awaitility.await()
			.untilAsserted(() -> assertThat(client.demo("steps=1").getStatusCode()).isEqualTo(HttpStatus.ACCEPTED));
	}

}
