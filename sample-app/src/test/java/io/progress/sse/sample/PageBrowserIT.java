package io.progress.sse.sample;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import javax.imageio.ImageIO;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.WebElement;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page in a real browser.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "logging.level.org.openqa.selenium=error")
class PageBrowserIT {

	@TempDir
	static Path pictures;

	@TempDir
	Path profile;

	private Browser browser;

	private FlakyLine line;

	@BeforeEach
	void open(@LocalServerPort int port) throws IOException {
		this.browser = Browser.open(this.profile);
		this.line = new FlakyLine(port);
		this.browser.visit("http://localhost:" + this.line.port() + "/");
	}

	@AfterEach
	void close() throws IOException {
		if (this.browser != null) {
			try {
				assertThat(this.browser.evaluate("window.violations")).isEqualTo(List.of());
			}
			finally {
				this.browser.close();
				this.line.close();
			}
		}
	}

	@Test
	void droppedPicturesAreConvertedBeforeTheVisitorsEyes() throws IOException {
		Path cat = Pictures.save(Pictures.jpeg(2000, 1500), pictures.resolve("cat.jpg"));
		Path dog = Pictures.save(Pictures.jpeg(1500, 2000), pictures.resolve("dog.jpg"));
		this.browser.drop(this.browser.find("#drop"), cat, dog);

		patiently().until(() -> !cards("running").isEmpty());
		screenshot("running");
		patiently().until(() -> cards("done").size() == 2);
		screenshot("done");

		assertThat(this.browser.findAll(".name")).extracting(WebElement::getText).containsExactly("dog.jpg", "cat.jpg");
		assertThat(this.browser.findAll("[role=progressbar]"))
			.allMatch((bar) -> "100".equals(bar.getDomAttribute("aria-valuenow")));
		patiently().until(() -> this.browser.findAll(".thumb img").stream().allMatch(WebElement::isDisplayed));
		for (WebElement link : this.browser.findAll(".download")) {
			assertThat(ImageIO.read(URI.create(link.getDomProperty("href")).toURL()))
				.matches((image) -> image.getWidth() * image.getHeight() == 3_000_000);
		}
	}

	@Test
	void aVisitorChoosesFormatAndWidth() throws IOException {
		this.browser.find("[value=jpeg]").click();
		this.browser.find("[name=width]").sendKeys("30");
		this.browser.find("#files")
			.sendKeys(Pictures.save(Pictures.jpeg(60, 40), pictures.resolve("bird.jpg")).toString());
		patiently().until(() -> cards("done").size() == 1);
		URL download = URI.create(this.browser.find(".download").getDomProperty("href")).toURL();
		assertThat(download.openConnection().getContentType()).isEqualTo("image/jpeg");
		assertThat(ImageIO.read(download)).matches((image) -> image.getWidth() == 30 && image.getHeight() == 20);
	}

	@Test
	void aBrokenConnectionIsShownAndMended() {
		this.browser.find("#demo").click();
		patiently().until(() -> this.browser.find(".text").getText().startsWith("step "));

		this.line.cut();
		patiently().until(() -> this.browser.find(".connection").isDisplayed());
		assertThat(this.browser.find(".connection").getText()).isEqualTo("reconnecting…");
		screenshot("reconnecting");
		assertThat(cards("running")).hasSize(1);

		this.line.mend();
		patiently().until(() -> !this.browser.find(".connection").isDisplayed());
		patiently().until(() -> cards("done").size() == 1);
	}

	@Test
	void aVisitorCancelsAJobAndTakesItAway() {
		this.browser.find("#demo").click();
		patiently().until(() -> cards("running").size() == 1);
		this.browser.find(".close").click();
		patiently().until(() -> cards("cancelled").size() == 1);
		this.browser.find(".close").click();
		assertThat(this.browser.findAll(".job")).isEmpty();
	}

	@Test
	void aReloadedPageShowsItsJobsAgain() {
		this.browser.find("#demo").click();
		patiently().until(() -> cards("running").size() == 1);
		this.browser.reload();
		patiently().until(() -> cards("running").size() == 1);
		patiently().until(() -> cards("done").size() == 1);
	}

	@Test
	void aFileThatIsNoPictureIsRefusedInWords() throws IOException {
		String name = "<img src=x onerror=alert(1)>.png";
		this.browser.drop(this.browser.find("#drop"), Files.writeString(pictures.resolve(name), "hello"));
		patiently().until(() -> cards("failed").size() == 1);
		assertThat(this.browser.find(".name").getText()).isEqualTo(name);
		assertThat(this.browser.find(".text").getText()).isEqualTo("The file is not a picture that can be read here");
	}

	private List<WebElement> cards(String state) {
		return this.browser.findAll(".job[data-state=" + state + "]");
	}

	private void screenshot(String name) {
		Pictures.save(this.browser.screenshot(), Path.of("target", "page-" + name + ".png"));
	}

	private static ConditionFactory patiently() {
		return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
	}

}
