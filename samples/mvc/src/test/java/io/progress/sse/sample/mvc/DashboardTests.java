package io.progress.sse.sample.mvc;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogType;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import io.progress.sse.JobSpec;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressTracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The dashboard of the whole application: in a browser, for the administrator.
 */
@EnabledIfChromium
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "progress.sse.cancel.enabled=true", "progress.sse.node=press-1", "server.shutdown=immediate" })
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class DashboardTests {

	private static final String PAGE = "/progress/dashboard";

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	@LocalServerPort
	private int port;

	@Autowired
	private ProgressTracker tracker;

	private ProgressJob alices;

	private ProgressJob bobs;

	@BeforeEach
	void startJobs() {
		this.alices = this.tracker.open(JobSpec.named("book").withOwner("alice"));
		this.alices.reporter().phase("printing");
		this.bobs = this.tracker.open(JobSpec.named("poster").withOwner("bob"));
		this.bobs.reporter().phase("cutting");
	}

	@AfterEach
	void endJobs() {
		this.alices.close();
		this.bobs.close();
	}

	@Test
	void showsTheJobsOfAllAndAsksOneToStop() {
		ChromeDriver chromium = EnabledIfChromium.Chromium.start();
		try {
			chromium.get("http://localhost:" + this.port + PAGE);
			chromium.findElement(By.name("username")).sendKeys("admin");
			chromium.findElement(By.name("password")).sendKeys("admin");
			chromium.findElement(By.tagName("button")).click();
			await().atMost(PATIENCE).until(() -> texts(chromium, ".rows .row"), (rows) -> rows.size() == 2);
			assertThat(texts(chromium, ".rows .row"))
				.anyMatch((row) -> row.contains("printing") && row.contains("alice") && row.contains("press-1"))
				.anyMatch((row) -> row.contains("cutting") && row.contains("bob"));
			this.bobs.done();
			await().atMost(PATIENCE).until(() -> texts(chromium, ".rows .row"), (rows) -> rows.size() == 1);
			chromium.findElement(By.cssSelector(".rows a")).click();
			await().atMost(PATIENCE)
				.until(() -> texts(chromium, ".facts div"),
						(facts) -> facts.contains("Node\npress-1") && facts.contains("Viewers on this server\n1"));
			chapter();
			await().atMost(PATIENCE)
				.until(() -> texts(chromium, ".children .rows .row"),
						(rows) -> rows.size() == 1 && rows.get(0).contains("chapter") && rows.get(0).contains("Done"));
			this.alices.reporter().phase("binding");
			await().atMost(PATIENCE)
				.until(() -> texts(chromium, ".phases .name"), (names) -> names.contains("binding"));
			chromium.findElement(By.xpath("//button[.='Cancel this job']")).click();
			chromium.findElement(By.xpath("//button[.='Yes, cancel this job']")).click();
			await().atMost(PATIENCE).until(() -> this.alices.reporter().isCancelled());
			this.alices.cancelled();
			await().atMost(PATIENCE).until(() -> texts(chromium, ".badge"), (badges) -> badges.contains("Cancelled"));
			assertThat(chromium.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
		}
		finally {
			chromium.quit();
		}
	}

	/** A job that is a part of alice's, and has ended. */
	private void chapter() {
		try (ProgressJob job = this.tracker
			.open(JobSpec.named("chapter").withOwner("alice").withParent(this.alices.id()))) {
			job.done();
		}
	}

	/** In one step, because the page replaces its rows. */
	@SuppressWarnings("unchecked")
	private static List<String> texts(ChromeDriver chromium, String selector) {
		return (List<String>) Objects.requireNonNull(chromium.executeScript(
				"return [...document.querySelectorAll(arguments[0])].map((each) => each.innerText)", selector));
	}

}
