package io.progress.sse.web;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.progress.sse.stream.admission.EventStreams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Pages of other origins.
 */
@Tag("protocol")
class CrossOriginTests {

	private static final String STREAM = "/progress/jobs/cross/events";

	private static TestServer closed;

	private static TestServer open;

	@BeforeAll
	static void start() {
		closed = TestServer.start();
		closed.job("cross").queued();
		open = TestServer.start("progress.sse.cors.allowed-origins=https://app.example.com",
				"progress.sse.cors.allow-credentials=true", "progress.sse.cancel.enabled=true");
		open.job("cross").queued();
	}

	@AfterAll
	static void stop() {
		closed.close();
		open.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "Origin: https://evil.example.com", "Origin: null", "Sec-Fetch-Site: cross-site" })
	void aForeignPageIsRefusedBeforeAStreamIsOpened(String header) {
		int streams = closed.bean(EventStreams.class).streams();
		try (RawClient client = RawClient.get(closed.port(), STREAM, header)) {
			assertThat(client.status()).isEqualTo(403);
			assertThat(client.body()).contains("foreign-origin");
			assertThat(client.header("access-control-allow-origin")).isNull();
			assertThat(closed.bean(EventStreams.class).streams()).isLessThanOrEqualTo(streams);
		}
		try (RawClient client = RawClient.get(open.port(), STREAM, header)) {
			assertThat(client.status()).isEqualTo(403);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: none",
			"Sec-Fetch-Site: same-origin\r\nOrigin: https://behind-a-proxy.example.com", "Origin: http://localhost" })
	void aPageOfTheSameOriginIsServed(String headers) {
		try (RawClient client = RawClient.get(closed.port(), STREAM, headers)) {
			assertThat(client.status()).isEqualTo(200);
		}
	}

	@Test
	void aListedPageMayLoadTheClientAsAModuleAndAnyPageAsAScript() {
		try (RawClient client = RawClient.get(open.port(), "/progress/client.js", "Origin: https://app.example.com")) {
			assertThat(client.status()).isEqualTo(200);
			assertThat(client.header("access-control-allow-origin")).isEqualTo("https://app.example.com");
		}
		try (RawClient client = RawClient.get(open.port(), "/progress/client.js", "Sec-Fetch-Site: cross-site")) {
			assertThat(client.status()).isEqualTo(200);
		}
	}

	@Test
	void aListedPageIsServedAndMayReadTheAnswer() {
		try (RawClient client = RawClient.get(open.port(), STREAM, "Origin: https://app.example.com",
				"Sec-Fetch-Site: cross-site")) {
			assertThat(client.status()).isEqualTo(200);
			assertThat(client.header("access-control-allow-origin")).isEqualTo("https://app.example.com");
			assertThat(client.header("access-control-allow-credentials")).isEqualTo("true");
			assertThat(client.headers().get("vary")).contains("Origin");
			assertThat(client.event()).containsEntry("event", "progress");
		}
	}

	@Test
	void aListedPageMayAskFirst() {
		try (RawClient client = RawClient.send(open.port(), "OPTIONS", "/progress/jobs/cross",
				"Origin: https://app.example.com", "Access-Control-Request-Method: DELETE",
				"Access-Control-Request-Headers: last-event-id")) {
			assertThat(client.status()).isEqualTo(200);
			assertThat(client.header("access-control-allow-methods")).contains("DELETE");
			assertThat(client.header("access-control-allow-headers")).isEqualTo("last-event-id");
		}
		try (RawClient client = RawClient.send(open.port(), "OPTIONS", "/progress/jobs/cross",
				"Origin: https://evil.example.com", "Access-Control-Request-Method: DELETE")) {
			assertThat(client.status()).isEqualTo(403);
		}
	}

	@Test
	void allTheWorldWithCredentialsDoesNotStart() {
		assertThatThrownBy(() -> TestServer.start("progress.sse.cors.allowed-origins=*",
				"progress.sse.cors.allow-credentials=true"))
			.rootCause()
			.hasMessageContaining("'progress.sse.cors.allowed-origins' must list origins");
	}

}
