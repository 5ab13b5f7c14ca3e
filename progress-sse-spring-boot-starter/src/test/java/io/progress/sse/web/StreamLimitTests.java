package io.progress.sse.web;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.progress.sse.store.EventId;
import io.progress.sse.stream.admission.EventStreams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What happens when there are too many streams.
 */
@Tag("protocol")
class StreamLimitTests {

	@Test
	void aNodeTakesSoManyStreamsAndNoMore() {
		try (TestServer server = TestServer.start("progress.sse.limits.streams=2", "progress.sse.heartbeat=300ms")) {
			EventId first = server.job("popular").queued();
			try (RawClient one = stream(server); RawClient two = stream(server)) {
				one.event();
				two.event();
				try (RawClient three = stream(server)) {
					assertThat(three.status()).isEqualTo(503);
					assertThat(Integer.parseInt(three.header("retry-after"))).isBetween(5, 15);
					assertThat(three.body()).contains("urn:problem-type:progress-sse:overloaded");
				}
				assertThatRefusalIsSoft(server, first);
			}
			await().untilAsserted(() -> assertThat(server.bean(EventStreams.class).streams()).isZero());
			try (RawClient again = stream(server)) {
				assertThat(again.status()).isEqualTo(200);
			}
		}
	}

	@Test
	void aJobHasSoManyViewersAndNoMore() {
		try (TestServer server = TestServer.start("progress.sse.limits.per-job=1")) {
			EventId first = server.job("popular").queued();
			server.job("other").queued();
			try (RawClient one = stream(server)) {
				one.event();
				try (RawClient two = stream(server)) {
					assertThat(two.status()).isEqualTo(503);
				}
				assertThatRefusalIsSoft(server, first);
				try (RawClient other = RawClient.get(server.port(), "/progress/jobs/other/events")) {
					assertThat(other.status()).isEqualTo(200);
				}
			}
		}
	}

	@Test
	void aPrincipalOpensSoManyStreamsAndNoMore() {
		try (TestServer server = TestServer.start("progress.sse.limits.per-principal=1")) {
			EventId first = server.job("popular").queued();
			try (RawClient one = stream(server, "X-Test-User: alice")) {
				one.event();
				try (RawClient two = stream(server, "X-Test-User: alice", "User-Agent: a-library")) {
					assertThat(two.status()).isEqualTo(429);
					assertThat(two.header("retry-after")).isNotNull();
					assertThat(two.body()).contains("urn:problem-type:progress-sse:too-many-streams");
				}
				assertThatRefusalIsSoft(server, first, "X-Test-User: alice");
				try (RawClient other = stream(server, "X-Test-User: bob"); RawClient nobody = stream(server)) {
					assertThat(other.status()).isEqualTo(200);
					assertThat(nobody.status()).isEqualTo(200);
				}
			}
		}
	}

	@Test
	void aPageWithOneStreamTooManyTriesAgain() {
		try (TestServer server = TestServer.start("progress.sse.limits.per-principal=1")) {
			server.job("popular").queued();
			try (RawClient one = stream(server, "X-Test-User: alice")) {
				one.event();
				try (RawClient two = stream(server, "X-Test-User: alice")) {
					assertThat(two.status()).isEqualTo(200);
					assertThat(two.frames()).singleElement().asString().matches("\\[retry: \\d{4,5}]");
				}
			}
		}
	}

	@Test
	void aUserWhoReloadsAllPagesGetsAllStreamsAtOnce() {
		try (TestServer server = TestServer.start("progress.sse.limits.per-principal=3", "progress.sse.heartbeat=1h")) {
			server.job("popular").queued();
			for (int round = 0; round < 3; round++) {
				List<RawClient> pages = new ArrayList<>();
				for (int i = 0; i < 3; i++) {
					RawClient page = stream(server, "X-Test-User: alice", "User-Agent: a-library");
					pages.add(page);
					assertThat(page.status()).isEqualTo(200);
					assertThat(page.event()).containsEntry("event", "progress");
				}
				pages.forEach(RawClient::close);
			}
		}
	}

	@Test
	void viewersThatWaitTakeNoPlaceOfAJob() {
		try (TestServer server = TestServer.start("progress.sse.limits.per-job=1")) {
			try (RawClient mallory = stream(server, "X-Test-User: mallory");
					RawClient alice = stream(server, "X-Test-User: alice")) {
				mallory.frame();
				alice.frame();
				EventId first = server.job("popular", "alice").queued();
				assertThat(alice.event()).containsEntry("id", first.toString());
				try (RawClient again = stream(server, "X-Test-User: alice", "User-Agent: a-library")) {
					assertThat(again.status()).isEqualTo(503);
				}
			}
			await().untilAsserted(() -> {
				try (RawClient again = stream(server, "X-Test-User: alice", "User-Agent: a-library")) {
					assertThat(again.status()).isEqualTo(200);
				}
			});
		}
	}

	/**
	 * A browser that comes back would take an error as final.
	 */
	private static void assertThatRefusalIsSoft(TestServer server, EventId cursor, String... headers) {
		String[] all = java.util.Arrays.copyOf(headers, headers.length + 1);
		all[headers.length] = "Last-Event-ID: " + cursor;
		try (RawClient back = stream(server, all)) {
			assertThat(back.status()).isEqualTo(200);
			assertThat(back.frames()).singleElement()
				.satisfies((frame) -> assertThat(frame).singleElement().asString().matches("retry: \\d{4,5}"));
		}
	}

	private static RawClient stream(TestServer server, String... headers) {
		return RawClient.get(server.port(), "/progress/jobs/popular/events", headers);
	}

}
