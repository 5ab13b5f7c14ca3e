package io.progress.sse.servlettests;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import io.progress.sse.JobSpec;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressTracker;
import io.progress.sse.event.JobId;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tomcat looks for threads that outlive their application, and warns of each.
 */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(60)
class ContainerStopTests {

	private final CountDownLatch told = new CountDownLatch(1);

	private HttpServer receiver;

	@BeforeEach
	void start() throws Exception {
		this.receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.receiver.createContext("/", (exchange) -> {
			exchange.sendResponseHeaders(204, -1);
			exchange.close();
			this.told.countDown();
		});
		this.receiver.start();
	}

	@AfterEach
	void stop() {
		this.receiver.stop(0);
	}

	@RepeatedTest(3)
	void applicationThatStopsLeavesNoThreads(CapturedOutput output) throws Exception {
		List<Thread> before = ownThreads();
		try (ConfigurableApplicationContext context = Container.TOMCAT.start(Application.class,
				"progress.sse.webhooks.enabled=true",
				"progress.sse.webhooks.secrets=whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
				"progress.sse.webhooks.url=http://127.0.0.1:" + this.receiver.getAddress().getPort(),
				"progress.sse.webhooks.allow-http=true", "progress.sse.webhooks.allow-private-addresses=true")) {
			String id = UUID.randomUUID().toString();
			ProgressJob job = context.getBean(ProgressTracker.class).open(JobSpec.named("book").withId(JobId.of(id)));
			try (TickReader stream = TickReader.get(Container.port(context), "/progress/jobs/" + id + "/events")) {
				stream.skipTicks(1);
				job.done();
				stream.skipTicks(1);
			}
			assertThat(this.told.await(10, TimeUnit.SECONDS)).isTrue();
		}
		// A thread that has nothing left to do needs a moment more to be gone.
		await().atMost(Duration.ofSeconds(1)).untilAsserted(() -> assertThat(ownThreads()).isSubsetOf(before));
		assertThat(output.getAll()).doesNotContain("failed to stop it");
	}

	@Test
	void applicationThatDecoratedAStreamLeavesNoThreads(CapturedOutput output) throws Exception {
		List<Thread> before = threads("progress-", "boundedElastic");
		try (ConfigurableApplicationContext context = Container.TOMCAT.start(FilteredApplication.class)) {
			String id = UUID.randomUUID().toString();
			ProgressJob job = context.getBean(ProgressTracker.class).open(JobSpec.named("book").withId(JobId.of(id)));
			try (TickReader stream = TickReader.get(Container.port(context), "/progress/jobs/" + id + "/events",
					FilteredApplication.FILTER + ": etag\r\n")) {
				stream.skipTicks(1);
				job.done();
				stream.skipTicks(1);
			}
		}
		await().atMost(Duration.ofSeconds(1))
			.untilAsserted(() -> assertThat(threads("progress-", "boundedElastic")).isSubsetOf(before));
		assertThat(output.getAll()).doesNotContain("failed to stop it");
	}

	private static List<Thread> ownThreads() {
		return threads("progress-");
	}

	private static List<Thread> threads(String... names) {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> Stream.of(names).anyMatch(thread.getName()::startsWith))
			.toList();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
