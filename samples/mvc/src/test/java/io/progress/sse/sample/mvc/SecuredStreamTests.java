package io.progress.sse.sample.mvc;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpHeaders;

import io.progress.sse.JobSpec;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressTracker;
import io.progress.sse.event.JobId;
import io.progress.sse.sample.mvc.Visitor.EventStream;
import io.progress.sse.stream.admission.EventStreams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Streams behind Spring Security, which looks at asynchronous and error dispatches again
 * and would have something to say about a response that has long begun.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "progress.sse.heartbeat=200ms", "progress.sse.routes.brief.path=/brief/{jobId}",
				"progress.sse.routes.brief.max-duration=300ms" })
@ExtendWith(OutputCaptureExtension.class)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SecuredStreamTests {

	@LocalServerPort
	private int port;

	@Autowired
	private ProgressTracker tracker;

	@Autowired
	private EventStreams feeds;

	@Autowired
	private FurtherDispatches furtherDispatches;

	private final String id = UUID.randomUUID().toString();

	private ProgressJob job;

	@BeforeEach
	void open() {
		this.job = this.tracker.open(JobSpec.named("book").withId(JobId.of(this.id)).withOwner("alice"));
	}

	@AfterEach
	void end() {
		this.job.done();
	}

	@Test
	void jobThatEndsEndsItsStreamQuietly(CapturedOutput output) throws Exception {
		Visitor alice = new Visitor(this.port).login("alice");
		try (EventStream stream = alice.watch("/progress/jobs/" + this.id + "/events")) {
			assertThat(stream.reaches("\"state\":\"queued\"")).isTrue();
			this.job.done();
			assertThat(stream.rest()).contains("event: done");
		}
		assertThat(alice.get("/progress/jobs/" + this.id).statusCode()).isEqualTo(200);
		assertQuiet(output);
	}

	@Test
	void streamThatHasLastedLongEnoughEndsQuietly(CapturedOutput output) throws Exception {
		Visitor alice = new Visitor(this.port).login("alice");
		try (EventStream stream = alice.watch("/brief/" + this.id)) {
			assertThat(stream.rest()).containsPattern("retry: [12]\\d{3}\\s*$");
		}
		assertQuiet(output);
	}

	@Test
	void streamOfOneWhoLogsOutEndsQuietly(CapturedOutput output) throws Exception {
		Visitor alice = new Visitor(this.port).login("alice");
		try (EventStream stream = alice.watch("/progress/jobs/" + this.id + "/events")) {
			assertThat(stream.reaches("\"state\":\"queued\"")).isTrue();
			alice.post("/logout");
			assertThat(stream.rest()).containsPattern("retry: [12]\\d{3}\\s*$");
		}
		assertQuiet(output);
	}

	@Test
	void clientsThatGoAwayAreNoNews(CapturedOutput output) throws Exception {
		for (int i = 0; i < 20; i++) {
			try (Socket socket = new Socket("localhost", this.port)) {
				socket.setSoLinger(i % 2 == 0, 0);
				socket.getOutputStream()
					.write(("GET /progress/jobs/" + this.id + "/events HTTP/1.1\r\nHost: localhost\r\n"
							+ "Authorization: Basic "
							+ HttpHeaders.encodeBasicAuth("alice", "alice", StandardCharsets.US_ASCII) + "\r\n\r\n")
						.getBytes(StandardCharsets.US_ASCII));
				assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
					.isEqualTo("HTTP/1.1 200");
				this.job.reporter().phase("phase " + i);
			}
		}
		assertQuiet(output);
	}

	/**
	 * Half a second, since a container has its say on a thread of its own.
	 */
	private void assertQuiet(CapturedOutput output) {
		await().atMost(Duration.ofSeconds(10)).until(() -> this.feeds.streams() == 0);
		await().during(Duration.ofMillis(500))
			.untilAsserted(
					() -> assertThat(output.getAll()).doesNotContain(" WARN ", "ERROR", "Exception", "committed"));
		assertThat(this.furtherDispatches.count).hasValue(0);
	}

	/**
	 * Counts what security would judge again.
	 */
	static final class FurtherDispatches implements Filter {

		private final AtomicInteger count = new AtomicInteger();

		@Override
		public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
				throws IOException, ServletException {
			this.count.incrementAndGet();
			chain.doFilter(request, response);
		}

	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Dispatches {

		@Bean
		FurtherDispatches furtherDispatches() {
			return new FurtherDispatches();
		}

		@Bean
		FilterRegistrationBean<FurtherDispatches> furtherDispatchesFilter(FurtherDispatches filter) {
			FilterRegistrationBean<FurtherDispatches> registration = new FilterRegistrationBean<>(filter);
			registration.setDispatcherTypes(DispatcherType.ASYNC, DispatcherType.ERROR);
			registration.addUrlPatterns("/progress/*", "/brief/*");
			return registration;
		}

	}

}
