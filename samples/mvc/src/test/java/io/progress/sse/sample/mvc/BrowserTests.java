package io.progress.sse.sample.mvc;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import io.progress.sse.JobSpec;
import io.progress.sse.ProgressJob;
import io.progress.sse.ProgressTracker;
import io.progress.sse.stream.admission.EventStreams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The page in a real browser.
 */
@EnabledIfChromium
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class BrowserTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static ChromeDriver chromium;

	@LocalServerPort
	private int port;

	@Autowired
	private EventStreams feeds;

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
		chromium.get("http://localhost:" + this.port + "/login");
		chromium.findElement(By.name("username")).sendKeys("alice");
		chromium.findElement(By.name("password")).sendKeys("alice");
		chromium.findElement(By.tagName("button")).click();
		await().atMost(PATIENCE).until(() -> !chromium.findElements(By.id("order")).isEmpty());
	}

	@AfterEach
	void logout() {
		chromium.manage().deleteAllCookies();
	}

	@Test
	void pageWatchesWithTheSessionsCookie() {
		order("Moby-Dick", 10, false);
		await().atMost(PATIENCE).until(this::state, (state) -> state.startsWith("printing"));
		await().atMost(PATIENCE).until(this::state, "printed"::equals);
	}

	@Test
	void pageWatchesWithATicket() {
		order("Moby-Dick", 10, true);
		await().atMost(PATIENCE).until(this::state, (state) -> state.startsWith("printing"));
		await().atMost(PATIENCE).until(this::state, "printed"::equals);
	}

	@Test
	void logoutEndsTheStream() {
		order("Moby-Dick", 200, false);
		await().atMost(PATIENCE).until(this::state, (state) -> state.startsWith("printing"));
		chromium.findElement(By.cssSelector("#logout button")).click();
		await().atMost(PATIENCE).until(this::state, "closed by the server"::equals);
		assertThat(this.feeds.streams()).isZero();
	}

	@Test
	void textsOfWorkersAreNotMarkup() {
		order("<img src=x onerror=\"document.title='owned'\">", 40, false);
		await().atMost(PATIENCE).until(this::state, (state) -> state.contains("<img src=x"));
		await().atMost(PATIENCE).until(this::state, "printed"::equals);
		assertThat(chromium.getTitle()).isEqualTo("Print shop");
		assertThat(chromium.findElements(By.tagName("img"))).isEmpty();
	}

	/**
	 * 127.0.0.1 and localhost are different sites to a browser.
	 */
	@Test
	void hostilePageOpensNoStreamInTheUsersName() throws IOException, InterruptedException {
		ProgressJob job = this.tracker.open(JobSpec.named("book").withOwner("alice"));
		int feeds = this.feeds.feeds();
		String url = "http://localhost:" + this.port + "/progress/jobs/" + job.id() + "/events";
		CountDownLatch refused = new CountDownLatch(1);
		HttpServer hostile = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		hostile.createContext("/", (exchange) -> {
			byte[] page = """
					<!DOCTYPE html><script>
					const stream = new EventSource('%s', {withCredentials: true});
					stream.onerror = () => fetch('/refused');
					fetch('%s', {method: 'DELETE', credentials: 'include'}).catch(() => {});
					</script>""".formatted(url, url.replace("/events", "")).getBytes(StandardCharsets.UTF_8);
			if (exchange.getRequestURI().getPath().equals("/refused")) {
				refused.countDown();
			}
			exchange.getResponseHeaders().set("Content-Type", "text/html");
			exchange.sendResponseHeaders(200, page.length);
			try (OutputStream body = exchange.getResponseBody()) {
				body.write(page);
			}
		});
		hostile.start();
		try (job) {
			chromium.get("http://127.0.0.1:" + hostile.getAddress().getPort() + "/");
			assertThat(refused.await(20, TimeUnit.SECONDS)).isTrue();
			assertThat(this.feeds.streams()).isZero();
			assertThat(this.feeds.feeds()).isLessThanOrEqualTo(feeds);
			assertThat(job.reporter().isCancelled()).isFalse();
		}
		finally {
			hostile.stop(0);
		}
	}

	private void order(String title, int pages, boolean withTicket) {
		chromium.findElement(By.name("title")).clear();
		chromium.findElement(By.name("title")).sendKeys(title);
		chromium.findElement(By.name("pages")).clear();
		chromium.findElement(By.name("pages")).sendKeys(String.valueOf(pages));
		if (withTicket) {
			chromium.findElement(By.name("ticket")).click();
		}
		chromium.findElement(By.cssSelector("#order button")).click();
	}

	private String state() {
		return chromium.findElement(By.id("state")).getText();
	}

}
