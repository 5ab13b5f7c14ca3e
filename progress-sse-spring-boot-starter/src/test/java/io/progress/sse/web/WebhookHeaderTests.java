package io.progress.sse.web;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import io.progress.sse.JobSpec;
import io.progress.sse.ProgressTracker;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that name who is told of their job's end.
 */
@Tag("protocol")
class WebhookHeaderTests {

	private static final String SECRETS = "progress.sse.webhooks.secrets=whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

	private static final BlockingQueue<String> bodies = new LinkedBlockingQueue<>();

	private static HttpServer receiver;

	private static TestServer server;

	@BeforeAll
	static void start() throws Exception {
		receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		receiver.createContext("/", (exchange) -> {
			bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
			exchange.sendResponseHeaders(204, -1);
			exchange.close();
		});
		receiver.start();
		server = TestServer.start(new Class<?>[] { Controller.class }, "progress.sse.webhooks.enabled=true", SECRETS,
				"progress.sse.webhooks.header=X-Webhook-Url", "progress.sse.webhooks.allow-http=true",
				"progress.sse.webhooks.allow-private-addresses=true");
	}

	@AfterAll
	static void stop() {
		server.close();
		receiver.stop(0);
	}

	@Test
	void aReceiverThatTheClientNamesIsToldOfTheEnd() throws InterruptedException {
		try (RawClient client = post(server, "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook")) {
			assertThat(client.status()).isEqualTo(200);
			assertThat(bodies.poll(10, TimeUnit.SECONDS)).contains("\"type\":\"job.done\"", client.body());
		}
	}

	@Test
	void aClientNeedNotNameOne() {
		try (RawClient client = RawClient.send(server.port(), 0, "POST", "/work", "")) {
			assertThat(client.status()).isEqualTo(200);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			ftp://example.com/    | 'X-Webhook-Url' must be an https or http URL
			https://a b/          | 'X-Webhook-Url' must be a URL
			https://u:p@a.example | 'X-Webhook-Url' must not contain credentials
			""")
	void aUrlThatWillNotDoIsRefusedBeforeAnythingHappens(String url, String detail) {
		try (RawClient client = post(server, url)) {
			assertThat(client.status()).isEqualTo(400);
			assertThat(client.header("content-type")).isEqualTo("application/problem+json");
			assertThat(client.header("x-job-id")).isNull();
			assertThat(client.body()).contains("malformed-webhook", "\"detail\":\"" + detail + "\"");
		}
	}

	@Test
	void anAddressInsideIsRefusedUnlessItIsAllowed() {
		try (TestServer strict = TestServer.start(new Class<?>[] { Controller.class },
				"progress.sse.webhooks.enabled=true", SECRETS, "progress.sse.webhooks.header=X-Webhook-Url");
				RawClient client = post(strict, "https://169.254.169.254/latest/meta-data")) {
			assertThat(client.status()).isEqualTo(400);
			assertThat(client.body()).contains("'X-Webhook-Url' must lead to a public address");
		}
	}

	@Test
	void theHeaderMeansNothingUnlessItIsNamed() {
		try (TestServer without = TestServer.start(new Class<?>[] { Controller.class });
				RawClient client = post(without, "nonsense")) {
			assertThat(client.status()).isEqualTo(200);
		}
	}

	private static RawClient post(TestServer server, String url) {
		return RawClient.send(server.port(), 0, "POST", "/work", "", "X-Webhook-Url: " + url);
	}

	@RestController
	static class Controller {

		private final ProgressTracker tracker;

		Controller(ProgressTracker tracker) {
			this.tracker = tracker;
		}

		@PostMapping("/work")
		String work() {
			return this.tracker.start(JobSpec.named("work"), (progress) -> null).id().value();
		}

	}

}
