package io.progress.sse.sample;

import java.util.Map;
import java.util.concurrent.CountDownLatch;

import io.progress.sse.sample.files.TemporaryFolder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The application when it has more work than it takes.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "sample.max-demos=1", "spring.task.execution.pool.core-size=1",
				"spring.task.execution.pool.max-size=1", "spring.task.execution.pool.queue-capacity=0" })
class BusySampleIT {

	@LocalServerPort
	private int port;

	@Test
	void aPictureThatFindsNoWorkerIsRefusedAndDeleted(
			@Autowired @Qualifier("applicationTaskExecutor") AsyncTaskExecutor workers,
			@Autowired TemporaryFolder folder) {
		CountDownLatch free = new CountDownLatch(1);
		workers.execute(() -> await(free));
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

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
