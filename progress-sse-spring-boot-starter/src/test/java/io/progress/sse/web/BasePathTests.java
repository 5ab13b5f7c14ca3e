package io.progress.sse.web;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application whose paths all begin with something.
 */
class BasePathTests {

	@Test
	void theEndpointsAreWhereTheApplicationIs() {
		try (TestServer server = TestServer.start("spring.webflux.base-path=/base",
				"progress.sse.cors.allowed-origins=https://app.example.com",
				"progress.sse.routes.own.path=/own/{jobId}/stream")) {
			server.job("based").done("ok");
			for (String path : new String[] { "/base/progress/jobs/based/events", "/base/own/based/stream" }) {
				try (RawClient client = RawClient.get(server.port(), path)) {
					assertThat(client.event()).containsEntry("event", "done");
				}
				try (RawClient client = RawClient.get(server.port(), path, "Origin: https://app.example.com")) {
					assertThat(client.header("access-control-allow-origin")).isEqualTo("https://app.example.com");
				}
				try (RawClient client = RawClient.get(server.port(), path, "Sec-Fetch-Site: cross-site")) {
					assertThat(client.status()).isEqualTo(403);
				}
			}
			try (RawClient client = RawClient.get(server.port(), "/progress/jobs/based")) {
				assertThat(client.status()).isEqualTo(404);
			}
			try (RawClient client = RawClient.send(server.port(), "POST", "/base/progress/jobs/based/tickets",
					"X-Test-User: alice")) {
				assertThat(client.body()).contains("\"url\":\"/base/progress/jobs/based/events?ticket=");
			}
		}
	}

}
