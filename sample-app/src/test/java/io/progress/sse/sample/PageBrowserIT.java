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
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
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

		patiently().until(() -> !bars("running").isEmpty());
		screenshot("running");
		patiently().until(() -> bars("done").size() == 2);
		screenshot("done");

		assertThat(this.browser.texts("progress-sse", "label")).containsExactly("dog.jpg", "cat.jpg");
		assertThat(bars("done")).allMatch((bar) -> "100".equals(bar.getShadowRoot()
			.findElement(By.cssSelector("[role=progressbar]"))
			.getDomAttribute("aria-valuenow")));
		assertThat(this.browser.findAll(".phases")).hasSize(2)
			.allSatisfy((phases) -> assertThat(phases.findElements(By.cssSelector("bdi:first-child")))
				.extracting(WebElement::getText)
				.containsExactly("queued", "validating", "converting", "compressing"));
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
		patiently().until(() -> bars("done").size() == 1);
		URL download = URI.create(this.browser.find(".download").getDomProperty("href")).toURL();
		assertThat(download.openConnection().getContentType()).isEqualTo("image/jpeg");
		assertThat(ImageIO.read(download)).matches((image) -> image.getWidth() == 30 && image.getHeight() == 20);
	}

	@Test
	void eachApiHasATabThatTheKeyboardReaches() throws IOException {
		this.browser.find("#tab-convert").sendKeys(Keys.ARROW_RIGHT);
		this.browser.find("#upload [type=file]")
			.sendKeys(Files.writeString(pictures.resolve("novel.txt"), "All happy families are alike.").toString());
		this.browser.find("#tab-upload").sendKeys(Keys.ARROW_RIGHT);
		this.browser.find("#process .primary").sendKeys(Keys.ENTER);
		this.browser.find("#tab-process").sendKeys(Keys.END);
		this.browser.find("#pdf .primary").sendKeys(Keys.ENTER);
		patiently().until(() -> bars("done").size() == 3);

		assertThat(this.browser.texts("progress-sse", "label")).containsExactly("Moby-Dick.pdf",
				"Summary from the front page", "novel.txt");
		assertThat(this.browser.find(".summary").getText()).contains("coffee");
		URL download = URI.create(this.browser.find(".download").getDomProperty("href")).toURL();
		assertThat(download.openConnection().getContentType()).isEqualTo("application/pdf");
		for (String colours : List.of("light", "dark")) {
			this.browser.prefer("prefers-color-scheme", colours);
			assertThat(this.browser.barriers()).as(colours).isEqualTo(List.of());
		}
	}

	@Test
	void aBrokenConnectionIsShownAndMended() {
		startDemo();
		this.line.cut();
		patiently().until(() -> bars("reconnecting").size() == 1);
		assertThat(this.browser.texts("progress-sse", "notice")).containsExactly("Reconnecting…");
		screenshot("reconnecting");

		this.line.mend();
		patiently().until(() -> bars("reconnecting").isEmpty());
		patiently().until(() -> bars("done").size() == 1);
	}

	@Test
	void aVisitorCutsTheConnectionAndSeesTheJobGoOn() {
		startDemo();
		this.browser.find("#cut").click();
		patiently().until(() -> bars("reconnecting").size() == 1);
		assertThat(this.browser.find("#cut").isEnabled()).isFalse();
		patiently().until(() -> bars("running").size() == 1);
		patiently().until(() -> bars("done").size() == 1);
		assertThat(this.browser.find("#cut").isEnabled()).isTrue();
		assertThat(this.browser.find(".rate figcaption").getText()).endsWith(" steps/s");
	}

	@Test
	void aVisitorCancelsAJobAndTakesItAway() {
		startDemo();
		patiently().until(() -> part("cancel").isDisplayed());
		part("cancel").click();
		patiently().until(() -> bars("cancelled").size() == 1);
		this.browser.find(".close").click();
		assertThat(this.browser.findAll(".job")).isEmpty();
		this.browser.reload();
		assertThat(this.browser.findAll(".job")).isEmpty();
	}

	@Test
	void aReloadedPageShowsItsJobsAgain() {
		startDemo();
		this.browser.reload();
		patiently().until(() -> bars("running").size() == 1);
		patiently().until(() -> bars("done").size() == 1);
	}

	@Test
	void aFileThatIsNoPictureIsRefusedInWords() throws IOException {
		String name = "<img src=x onerror=alert(1)>.png";
		this.browser.drop(this.browser.find("#drop"), Files.writeString(pictures.resolve(name), "hello"));
		patiently().until(() -> bars("failed").size() == 1);
		assertThat(this.browser.texts("progress-sse", "label")).containsExactly(name);
		assertThat(this.browser.texts("progress-sse", "text"))
			.containsExactly("The file is not a picture that can be read here");
	}

	@Test
	void thePageFitsAPhone() {
		this.browser.resize(360, 800);
		startDemo();
		for (WebElement tab : this.browser.findAll("[role=tab]")) {
			tab.click();
			assertThat(this.browser
				.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
				.as(tab.getText())
				.isEqualTo(false);
		}
		screenshot("phone");
	}

	private void startDemo() {
		this.browser.find("#demo").click();
		patiently().until(() -> bars("running").size() == 1 && part("text").getText().startsWith("step "));
	}

	private List<WebElement> bars(String state) {
		return this.browser.findAll("progress-sse[state=" + state + "]");
	}

	/** Of the first job's bar. */
	private WebElement part(String name) {
		return this.browser.find("progress-sse").getShadowRoot().findElement(By.cssSelector("[part=" + name + "]"));
	}

	private void screenshot(String name) {
		Pictures.save(this.browser.screenshot(), Path.of("target", "page-" + name + ".png"));
	}

	private static ConditionFactory patiently() {
		return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
	}

}
