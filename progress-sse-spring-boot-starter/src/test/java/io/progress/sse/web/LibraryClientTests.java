package io.progress.sse.web;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that are no browsers: many take every empty line for an event.
 */
@Tag("protocol")
class LibraryClientTests {

	private static final String PATH = "/progress/jobs/watched/events";

	@Test
	void everyEmptyLineOfALibrarysStreamEndsAnEvent() {
		try (TestServer server = TestServer.start("progress.sse.heartbeat=100ms", "progress.sse.max-duration=900ms")) {
			TestJob job = server.job("watched");
			job.queued();
			job.phase("one");
			try (RawClient client = RawClient.get(server.port(), PATH, "User-Agent: Jersey/4.0")) {
				String body = client.body();
				assertThat(body).startsWith("retry: 3000\n: progress-sse\nevent: progress\n")
					.contains(": hb\n")
					.matches("(?s).*retry: [12]\\d{3}\n");
				assertThat(body.split("\n\n", -1)).hasSize(3)
					.allSatisfy((part) -> assertThat(part).containsAnyOf("\nid: ", "retry: "));
				assertThat(body.split("\nid: ", -1)).hasSize(3);
			}
		}
	}

	@Test
	void aClientWithoutANameIsNoBrowser() {
		try (TestServer server = TestServer.start()) {
			server.job("watched").queued();
			try (RawClient client = RawClient.get(server.port(), PATH, "User-Agent: ")) {
				assertThat(client.frame()).startsWith("retry: 3000", ": progress-sse", "event: progress");
			}
		}
	}

	@Test
	void aBrowserGetsAnEmptyLineBeforeTheFirstEvent() {
		try (TestServer server = TestServer.start()) {
			server.job("watched").queued();
			try (RawClient client = RawClient.get(server.port(), PATH,
					"User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/605.1.15")) {
				assertThat(client.frame()).containsExactly("retry: 3000", ": progress-sse");
			}
		}
	}

}
