package io.progress.sse.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The ways in which a browser proves who it is, as docs/security.md shows them, under a
 * name that is no secure context.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "logging.level.org.openqa.selenium=error")
class SecurityDocsBrowserIT {

	private final String id = UUID.randomUUID().toString();

	@TempDir
	Path profile;

	private Browser browser;

	@BeforeEach
	void open(@LocalServerPort int port) {
		this.browser = Browser.open(this.profile);
		this.browser.visit("http://app.example:" + port + "/site/index.html");
		this.browser.evaluate("(() => { window.id = '%s'; window.token = 'Bearer demo-key'; })()".formatted(this.id));
		assertThat(this.browser.evaluate("window.isSecureContext")).isEqualTo(false);
	}

	@AfterEach
	void close() {
		if (this.browser != null) {
			this.browser.close();
		}
	}

	@Test
	void aPageWithACookieSeesItsJobEnd() throws IOException {
		run("await fetch('/api/session', { method: 'POST', headers: { 'X-API-Key': 'demo-key' } });");
		assertThatItSeesTheEnd("window.stream = " + snippet("new EventSource("));
	}

	@Test
	void aPageWithATicketSeesItsJobEnd() throws IOException {
		assertThatItSeesTheEnd(snippet("const answer = await fetch(") + "\nwindow.stream = stream;");
	}

	private void assertThatItSeesTheEnd(String snippet) {
		run("await fetch('/api/demo?steps=3&delayMs=100', { method: 'POST', "
				+ "headers: { Authorization: token, 'X-Job-Id': id } });\n" + snippet
				+ ";\nwindow.stream.addEventListener('done', () => { window.ended = 'done'; window.stream.close(); });");
		await().until(() -> "done".equals(this.browser.evaluate("window.ended ?? null")));
	}

	/** Runs statements to their end. */
	private void run(String script) {
		this.browser.evaluate("(async () => { " + script + " })()");
	}

	/** The indented block that begins like this. */
	private static String snippet(String beginning) throws IOException {
		List<String> lines = Files.readAllLines(Path.of("../docs/security.md"));
		List<String> block = lines.stream()
			.dropWhile((line) -> !line.startsWith("    " + beginning))
			.takeWhile((line) -> line.startsWith("    "))
			.toList();
		assertThat(block).isNotEmpty();
		return String.join("\n", block);
	}

}
