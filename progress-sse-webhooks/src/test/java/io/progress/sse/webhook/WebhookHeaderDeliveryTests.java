package io.progress.sse.webhook;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import io.progress.sse.JobSpec;
import io.progress.sse.ProgressTracker;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A whole application whose clients name the receiver of their job's end in a header.
 */
class WebhookHeaderDeliveryTests {

	private final Receiver receiver = new Receiver();

	private ConfigurableApplicationContext application;

	@AfterEach
	void stop() {
		this.application.close();
		this.receiver.close();
	}

	@Test
	void aReceiverThatTheClientNamesIsToldOfTheEnd() throws Exception {
		start("progress.sse.webhooks.allow-http=true", "progress.sse.webhooks.allow-private-addresses=true");
		HttpResponse<String> response = post("http://127.0.0.1:" + this.receiver.port() + "/hook");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(this.receiver.next().body()).contains("\"type\":\"job.done\"", response.body());
	}

	@Test
	void anAddressInsideIsRefusedUnlessItIsAllowed() throws Exception {
		start();
		HttpResponse<String> response = post("https://169.254.169.254/latest/meta-data");
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.body()).contains("malformed-webhook", "'X-Webhook-Url' must lead to a public address");
	}

	@Test
	void aUrlWithCredentialsIsRefused() throws Exception {
		start();
		assertThat(post("https://u:p@a.example").body()).contains("'X-Webhook-Url' must not contain credentials");
	}

	private void start(String... properties) {
		this.application = new SpringApplicationBuilder(Application.class, Controller.class)
			.properties("server.port=0", "progress.sse.webhooks.header=X-Webhook-Url",
					"progress.sse.webhooks.secrets=whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
			.properties(properties)
			.run();
	}

	private HttpResponse<String> post(String webhook) throws IOException, InterruptedException {
		URI url = URI
			.create("http://127.0.0.1:" + this.application.getEnvironment().getProperty("local.server.port") + "/work");
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(url).header("X-Webhook-Url", webhook).POST(BodyPublishers.noBody()).build(),
					BodyHandlers.ofString());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

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
