package io.progress.sse.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import io.progress.sse.JobSpec;
import io.progress.sse.ProgressException;
import io.progress.sse.ProgressTask;
import io.progress.sse.ProgressTracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The page of the README, as it stands there, in a real browser and under a name that is
 * no secure context: each way in which a job can end is to be seen.
 */
@SpringBootTest(classes = ReadmeBrowserIT.Application.class, webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "progress.sse.await-unknown=1s", "logging.level.org.openqa.selenium=error" })
class ReadmeBrowserIT {

	@TempDir
	Path profile;

	@Autowired
	private Reports reports;

	@LocalServerPort
	private int port;

	private Browser browser;

	@BeforeEach
	void open() {
		this.browser = Browser.open(this.profile);
	}

	@AfterEach
	void close() {
		if (this.browser != null) {
			this.browser.close();
		}
	}

	@Test
	void aJobThatCountedEndsWithAFullBar() {
		visit((progress) -> {
			progress.total(3);
			progress.advance(2);
			return null;
		});
		assertThatItEnds("done", 1);
		assertThat(this.browser.evaluate("window.isSecureContext")).isEqualTo(false);
	}

	@Test
	void aJobWithoutReportsEndsWithAFullBar() {
		visit((progress) -> null);
		assertThatItEnds("done", 1);
	}

	@Test
	void aJobThatFailsSaysWhy() {
		visit((progress) -> {
			progress.report(1, 4);
			throw new ProgressException("out-of-paper", "The printer is out of paper");
		});
		assertThatItEnds("The printer is out of paper", 0.25);
	}

	@Test
	void workThatIsRefusedIsNotWaitedFor() {
		this.reports.status = 422;
		visit(null);
		assertThatItEnds("refused: 422", 0);
	}

	@Test
	void aJobThatNeverComesIsNotWaitedForForEver() {
		this.reports.status = 202;
		visit(null);
		assertThatItEnds("there is no such job", 0);
	}

	private void visit(ProgressTask<?> work) {
		this.reports.work = work;
		this.browser.visit("http://app.example:" + this.port + "/");
	}

	private void assertThatItEnds(String line, double value) {
		await().untilAsserted(() -> {
			assertThat(this.browser.evaluate("line.value")).isEqualTo(line);
			assertThat(((Number) this.browser.evaluate("bar.value")).doubleValue()).isEqualTo(value);
			assertThat(this.browser.evaluate("bar.hasAttribute('value')")).isEqualTo(true);
		});
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Reports.class)
	static class Application {

	}

	@RestController
	static class Reports {

		private static final Pattern PAGE = Pattern.compile("(?s)```html\n(.*?)```");

		private final ProgressTracker tracker;

		private volatile ProgressTask<?> work;

		private volatile int status;

		Reports(ProgressTracker tracker) {
			this.tracker = tracker;
		}

		@GetMapping(path = "/", produces = MediaType.TEXT_HTML_VALUE)
		String page() {
			try {
				Matcher page = PAGE.matcher(Files.readString(Path.of("../README.md")));
				assertThat(page.find()).isTrue();
				return "<!doctype html>" + page.group(1);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		@PostMapping("/reports")
		ResponseEntity<Void> start() {
			if (this.work == null) {
				return ResponseEntity.status(this.status).build();
			}
			this.tracker.start(JobSpec.named("report"), this.work);
			return ResponseEntity.accepted().build();
		}

	}

}
