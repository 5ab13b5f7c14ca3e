package io.progress.sse.sample;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A browser's own EventSource on the APIs that were there before it.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "logging.level.org.openqa.selenium=error")
class EventSourceBrowserIT {

	@TempDir
	Path profile;

	private Browser browser;

	@BeforeEach
	void open(@LocalServerPort int port) {
		this.browser = Browser.open(this.profile);
		this.browser.visit("http://localhost:" + port + "/site/index.html");
	}

	@AfterEach
	void close() {
		if (this.browser != null) {
			this.browser.close();
		}
	}

	@Test
	void aDocumentIsMadeBeforeThePagesEyes() {
		String id = UUID.randomUUID().toString();
		listen("/api/pdf/jobs/" + id + "/events", "progress");
		this.browser.evaluate("""
				fetch('/api/pdf/generate-from-html', { method: 'POST', body: '{"html": "<p>hello"}',
					headers: { 'Content-Type': 'application/json', 'X-Job-Id': '%s' } }) && null""".formatted(id));
		patiently().until(() -> seen("phase").contains("done"));
		assertThat(seen("phase").stream().distinct()).containsExactly("queued", "preprocessing", "rendering",
				"postprocess", "uploading", "done");
		patiently().until(this::isClosed);
	}

	/**
	 * The browser comes back by itself behind the end, with the last id, and is told that
	 * there is nothing more: otherwise it would have the work done again and again.
	 */
	@Test
	void aConnectionHasItsWorkDoneOnce() {
		listen("/api/v1/process/stream", "message");
		patiently().until(() -> seen("status").contains("completed"));
		patiently().until(this::isClosed);
		assertThat(seen("step")).contains("crawling");
		assertThat(seen("status")).containsOnlyOnce("completed");
		assertThat(seen("id").stream().map((id) -> String.valueOf(id).replaceAll("~.*", "")).distinct()).hasSize(1);
		assertThat(seen("id")).doesNotHaveDuplicates();
	}

	private void listen(String url, String event) {
		this.browser.evaluate("""
				(() => {
					window.seen = [];
					window.source = new EventSource('%s');
					source.addEventListener('%s',
						(event) => seen.push({ ...JSON.parse(event.data), id: event.lastEventId }));
				})()""".formatted(url, event));
	}

	private List<Object> seen(String member) {
		List<?> events = (List<?>) this.browser.evaluate("window.seen");
		return events.stream().<Object>map((event) -> ((Map<?, ?>) event).get(member)).toList();
	}

	/**
	 * The page never closes it: a status tells the browser that there is nothing more.
	 */
	private boolean isClosed() {
		return Boolean.TRUE.equals(this.browser.evaluate("source.readyState === EventSource.CLOSED"));
	}

	private static ConditionFactory patiently() {
		return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(100));
	}

}
