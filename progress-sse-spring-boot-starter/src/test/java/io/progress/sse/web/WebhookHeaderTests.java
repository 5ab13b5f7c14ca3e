package io.progress.sse.web;

import java.net.URI;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import io.progress.sse.JobListener;
import io.progress.sse.JobSpec;
import io.progress.sse.ProgressTracker;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that name a URL for the end of their job, in applications that post to it.
 */
@Tag("protocol")
class WebhookHeaderTests {

	private static TestServer server;

	private Webhooks webhooks;

	@BeforeAll
	static void start() {
		server = TestServer.start(new Class<?>[] { Controller.class, Webhooks.class });
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@BeforeEach
	void forget() {
		this.webhooks = server.bean(Webhooks.class);
		this.webhooks.last = null;
	}

	@Test
	void theJobThatTheRequestStartsHasTheUrl() {
		try (RawClient client = post(server, "https://example.com/hook")) {
			assertThat(client.status()).isEqualTo(200);
			assertThat(this.webhooks.last).isEqualTo(URI.create("https://example.com/hook"));
		}
	}

	@Test
	void aClientNeedNotNameOne() {
		try (RawClient client = RawClient.send(server.port(), 0, "POST", "/work", "")) {
			assertThat(client.status()).isEqualTo(200);
			assertThat(this.webhooks.last).isNull();
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			ftp://example.com/    | 'X-Webhook-Url' must be an https URL
			https://a b/          | 'X-Webhook-Url' must be a URL
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
	void theHeaderMeansNothingUnlessItIsNamed() {
		try (TestServer without = TestServer.start(new Class<?>[] { Controller.class });
				RawClient client = post(without, "nonsense")) {
			assertThat(client.status()).isEqualTo(200);
		}
	}

	private static RawClient post(TestServer server, String url) {
		return RawClient.send(server.port(), 0, "POST", "/work", "", "X-Webhook-Url: " + url);
	}

	/**
	 * Stands for the module of webhooks: the header, and a listener that keeps the URL.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Webhooks implements JobListener {

		private volatile URI last;

		@Override
		public void admitting(JobSpec spec) {
			this.last = spec.webhook();
		}

		@Bean
		WebhookHeader header() {
			return new WebhookHeader("X-Webhook-Url", Webhooks::checked);
		}

		@Bean
		JobListener progressWebhookRefusal() {
			return new JobListener() {
			};
		}

		private static URI checked(String name, URI url) {
			if (!"https".equals(url.getScheme())) {
				throw new IllegalArgumentException("'" + name + "' must be an https URL");
			}
			return url;
		}

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
