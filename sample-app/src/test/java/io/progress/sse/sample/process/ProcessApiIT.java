package io.progress.sse.sample.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.progress.sse.sample.RawEvent;
import io.progress.sse.sample.RawStream;
import io.progress.sse.sample.SampleClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The process-on-connect API, as its documentation describes it.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "sample.process.crawl-delay=30ms")
class ProcessApiIT {

	private String server;

	private SampleClient client;

	@BeforeEach
	void connect(@LocalServerPort int port) {
		this.server = "http://localhost:" + port;
		this.client = new SampleClient(port);
	}

	@Test
	void aConnectionStartsTheWorkAndStreamsItToItsSummary() {
		try (RawStream stream = process("")) {
			assertThat(stream.status()).isEqualTo(200);
			assertThat(stream.header("Content-Type")).startsWith("text/event-stream");
			assertThat(stream.header("X-Accel-Buffering")).isEqualTo("no");
			List<RawEvent> events = new ArrayList<>(stream.toTheEnd());
			assertThat(events.remove(0).name()).isEqualTo("started");
			RawEvent last = last(events);
			assertThat(events).allSatisfy((event) -> {
				assertThat(event.name()).isNull();
				assertThat(event.id()).startsWith(stream.header("X-Job-Id") + "~");
			});
			assertThat(events.subList(0, events.size() - 1)).allSatisfy((event) -> {
				assertThat(event.get("status")).isEqualTo("processing");
				assertThat(event.json().keySet()).isEqualTo(Set.of("status", "progress", "message", "step"));
			});
			assertThat(events.stream().map((event) -> event.get("step")).distinct()).startsWith("queued", "crawling",
					"clustering", "summarizing");
			assertThat(events.stream().map((event) -> (Integer) event.get("progress")).filter(Objects::nonNull))
				.isSorted()
				.endsWith(100);
			assertThat(last.get("status")).isEqualTo("completed");
			Map<?, ?> data = (Map<?, ?>) last.get("data");
			assertThat(data.get("pages")).isEqualTo(17);
			assertThat((List<?>) data.get("topics"))
				.extracting((topic) -> ((List<?>) ((Map<?, ?>) topic).get("pages")).stream()
					.map((page) -> String.valueOf(page).replaceAll("/site/([a-z]+)-.*", "$1"))
					.toList())
				.containsExactlyInAnyOrder(Collections.nCopies(4, "coffee"), Collections.nCopies(4, "bicycle"),
						Collections.nCopies(4, "stars"), Collections.nCopies(4, "bees"));
			assertThat(String.valueOf(data.get("summary"))).contains("4 pages about bee, queen: ");
		}
	}

	@Test
	void aReconnectingClientContinuesWithTheSameJob() {
		String job;
		RawEvent seen;
		try (RawStream stream = process("")) {
			job = stream.header("X-Job-Id");
			stream.next();
			seen = stream.next().orElseThrow();
		}
		try (RawStream one = process("", "Last-Event-ID", String.valueOf(seen.id()));
				RawStream another = process("", "Last-Event-ID", String.valueOf(seen.id()))) {
			List<RawEvent> events = one.toTheEnd();
			assertThat(events).extracting(RawEvent::id)
				.allMatch((id) -> id.startsWith(job + "~"))
				.doesNotContain(seen.id())
				.isNotEmpty();
			assertThat(last(events).get("status")).isEqualTo("completed");
			assertThat(last(another.toTheEnd()).id()).isEqualTo(last(events).id());
			try (RawStream over = process("", "Last-Event-ID", String.valueOf(last(events).id()))) {
				assertThat(over.status()).isEqualTo(204);
			}
		}
	}

	@Test
	void theWorkGoesOnWhenItsClientLeaves() {
		String job;
		try (RawStream stream = process("")) {
			stream.next();
			job = stream.header("X-Job-Id");
		}
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(this.client.json("/api/v1/process/jobs/" + job))
				.containsEntry("status", "completed")
				.containsEntry("progress", 100));
	}

	@Test
	void workThatFailsSaysWhy() {
		try (RawStream stream = process("?site=/site/missing.html")) {
			RawEvent last = last(stream.toTheEnd());
			assertThat(last.data()).isEqualTo(
					"{\"status\":\"error\",\"progress\":0,\"message\":\"The page '/site/missing.html' answers with status 404\"}");
		}
	}

	@Test
	void aJobIsForTheKeyThatStartedItOnly() {
		try (RawStream stream = process("", "X-API-Key", "demo-key")) {
			stream.next();
			String first = String.valueOf(stream.next().orElseThrow().id());
			try (RawStream own = process("", "X-API-Key", "demo-key", "Last-Event-ID", first);
					RawStream foreign = process("", "X-API-Key", "sk-demo", "Last-Event-ID", first);
					RawStream anonymous = process("", "Last-Event-ID", first)) {
				assertThat(own.status()).isEqualTo(200);
				assertThat(foreign.status()).isEqualTo(410);
				assertThat(anonymous.status()).isEqualTo(410);
			}
		}
	}

	@Test
	void anIdThatLeadsNowhereIsGone() {
		try (RawStream stream = process("", "Last-Event-ID", "1748649600456-3", "Accept", "text/event-stream")) {
			assertThat(stream.status()).isEqualTo(410);
			assertThat(stream.header("Content-Type")).isEqualTo("application/problem+json");
			assertThat(stream.body()).contains("begin again without an event id");
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					?site=http://169.254.169.254/x.html | "'site' must be the path of a page below /site/, but is 'http://169.254.169.254/x.html'"
					?site=//169.254.169.254/x.html      | "'site' must be the path of a page below /site/, but is '//169.254.169.254/x.html'"
					?site=file:///etc/passwd            | "'site' must be the path of a page below /site/, but is 'file:///etc/passwd'"
					?site=@elsewhere.example/site/      | "'site' must be the path of a page below /site/, but is '@elsewhere.example/site/'"
					?site=/site/../actuator/health      | "'site' must be the path of a page below /site/, but is '/site/../actuator/health'"
					?site=/actuator/health              | "'site' must be the path of a page below /site/, but is '/actuator/health'"
					?clusters=0                         | "'clusters' must be from 1 to 10, but is 0"
					?clusters=11                        | "'clusters' must be from 1 to 10, but is 11"
					?clusters=few                       | "'clusters' must be a number, but is 'few'"
					""")
	void badInputIsRefusedAndStartsNothing(String query, String detail) {
		try (RawStream stream = process(query, "Accept", "text/event-stream")) {
			assertThat(stream.status()).isEqualTo(400);
			assertThat(stream.header("X-Job-Id")).isEmpty();
			assertThat(stream.body()).contains("\"detail\":\"" + detail + "\"");
		}
	}

	private RawStream process(String query, String... headers) {
		return RawStream.open(this.server + "/api/v1/process/stream" + query, headers);
	}

	private static RawEvent last(List<RawEvent> events) {
		return events.get(events.size() - 1);
	}

}
