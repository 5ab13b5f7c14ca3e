package io.progress.sse.sample.mvc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

import io.progress.sse.JobSpec;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressTracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The element in pages that Thymeleaf makes, as the documentation shows them.
 */
@EnabledIfChromium
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(ThymeleafPageTests.Pages.class)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ThymeleafPageTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static ChromeDriver chromium;

	@LocalServerPort
	private int port;

	@Autowired
	private ProgressTracker tracker;

	@BeforeAll
	static void open() {
		chromium = EnabledIfChromium.Chromium.start();
	}

	@AfterAll
	static void close() {
		chromium.quit();
	}

	@BeforeEach
	void login() {
		visit("/login");
		chromium.findElement(By.name("username")).sendKeys("alice");
		chromium.findElement(By.name("password")).sendKeys("alice");
		chromium.findElement(By.tagName("button")).click();
		await().atMost(PATIENCE).until(() -> !chromium.findElements(By.id("order")).isEmpty());
	}

	@Test
	void aTagShowsAJob() {
		try (ProgressJob job = this.tracker.open(JobSpec.named("book").withOwner("alice"))) {
			visit("/jobs/" + job.id());
			job.begin();
			job.reporter().report(1, 4);
			await().atMost(PATIENCE).until(() -> part("percent").getText(), "25%"::equals);
			job.done();
			await().atMost(PATIENCE).until(this::state, "done"::equals);
		}
	}

	@Test
	void aPlainFormShowsTheBarOfItsWork() {
		visit("/order");
		chromium.findElement(By.tagName("button")).click();
		await().atMost(PATIENCE).until(this::state, "done"::equals);
		assertThat(chromium.getCurrentUrl()).endsWith("/order");
		assertThat(part("label").getText()).isEqualTo("Your book");
		assertThat(chromium.findElement(By.cssSelector("[slot=done]")).isDisplayed()).isTrue();
		await().atMost(PATIENCE).until(() -> chromium.findElement(By.tagName("button")).isEnabled());
	}

	@Test
	void aFormThatIsRefusedSaysSo() {
		visit("/order");
		WebElement pages = chromium.findElement(By.name("pages"));
		pages.clear();
		pages.sendKeys("many");
		chromium.findElement(By.tagName("button")).click();
		await().atMost(PATIENCE).until(this::state, (state) -> !state.isEmpty() && !state.equals("connecting"));
		assertThat(part("text").getText()).isNotEmpty();
		assertThat(chromium.findElement(By.tagName("button")).isEnabled()).isTrue();
	}

	@Test
	void theDocumentationShowsThesePages() throws IOException {
		String documentation = Files.readString(Path.of("../../docs/element.md"));
		for (String page : new String[] { "book", "order" }) {
			assertThat(documentation)
				.contains(Files.readString(Path.of("src/test/resources/templates/" + page + ".html")));
		}
	}

	private void visit(String path) {
		chromium.get("http://localhost:" + this.port + path);
	}

	private String state() {
		return String.valueOf(chromium.findElement(By.tagName("progress-sse")).getDomAttribute("state"));
	}

	private WebElement part(String name) {
		return chromium.findElement(By.tagName("progress-sse"))
			.getShadowRoot()
			.findElement(By.cssSelector("[part=" + name + "]"));
	}

	/** The application's own pages. */
	@Controller
	static class Pages {

		@GetMapping("/jobs/{id}")
		String book(@PathVariable String id, Model model) {
			model.addAttribute("job", id);
			return "book";
		}

		@GetMapping("/order")
		String order() {
			return "order";
		}

	}

}
