package io.progress.sse.sample;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.Point;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/**
 * A real browser without a window. Finds this machine under all names in
 * {@code .example}, which are no secure contexts.
 */
public final class Browser implements AutoCloseable {

	private static final String RECORD_VIOLATIONS = """
			window.violations = [];
			document.addEventListener('securitypolicyviolation',
				(event) => window.violations.push(event.violatedDirective + ' ' + event.blockedURI));
			""";

	private final ChromeDriver driver;

	private Browser(ChromeDriver driver) {
		this.driver = driver;
	}

	/** Skips the test, loudly, where there is no browser. */
	public static Browser open(Path profile) {
		Optional<Path> chromium = command("chromium", "chromium-browser", "google-chrome");
		Optional<Path> chromedriver = command("chromedriver");
		if (chromium.isEmpty() || chromedriver.isEmpty()) {
			String message = "NO BROWSER: the page was NOT tested; install chromium and chromedriver (chromium-driver)";
			System.err.println("!!! " + message);
			Assumptions.abort(message);
		}
		ChromeOptions options = new ChromeOptions();
		options.setBinary(chromium.get().toFile());
		options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
				"--host-resolver-rules=MAP *.example 127.0.0.1", "--user-data-dir=" + profile, "--window-size=900,900");
		ChromeDriver driver = new ChromeDriver(
				new ChromeDriverService.Builder().usingDriverExecutable(chromedriver.get().toFile()).build(), options);
		driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", RECORD_VIOLATIONS));
		return new Browser(driver);
	}

	private static Optional<Path> command(String... names) {
		return Arrays.stream(names)
			.flatMap((name) -> Arrays.stream(System.getenv("PATH").split(":")).map((folder) -> Path.of(folder, name)))
			.filter(Files::isExecutable)
			.findFirst();
	}

	public void visit(String url) {
		this.driver.get(url);
	}

	public void reload() {
		this.driver.navigate().refresh();
	}

	/** Drags files from outside of the browser and drops them. */
	public void drop(WebElement target, Path... files) {
		Point corner = target.getLocation();
		List<String> paths = Arrays.stream(files).map(Path::toString).toList();
		for (String type : List.of("dragEnter", "dragOver", "drop")) {
			this.driver.executeCdpCommand("Input.dispatchDragEvent", Map.of("type", type, "x", corner.x + 20, "y",
					corner.y + 20, "data", Map.of("items", List.of(), "files", paths, "dragOperationsMask", 1)));
		}
	}

	public WebElement find(String selector) {
		return this.driver.findElement(By.cssSelector(selector));
	}

	public List<WebElement> findAll(String selector) {
		return this.driver.findElements(By.cssSelector(selector));
	}

	public Object evaluate(String script) {
		return this.driver.executeScript("return " + script);
	}

	/** The text of a part of each custom element that the selector finds. */
	public List<String> texts(String selector, String part) {
		return findAll(selector).stream()
			.map((element) -> element.getShadowRoot().findElement(By.cssSelector("[part=" + part + "]")).getText())
			.toList();
	}

	/** What axe finds to be inaccessible. */
	public Object barriers() throws IOException {
		try (InputStream script = Browser.class.getResourceAsStream("/axe.min.js")) {
			this.driver
				.executeScript(new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8));
		}
		// A card that is still fading in has too little contrast, for 0.2 seconds.
		return evaluate("Promise.all(document.getAnimations()"
				+ ".filter(({ effect }) => effect.getComputedTiming().endTime < Infinity)"
				+ ".map((animation) => animation.finished.catch(() => {})))"
				+ ".then(() => axe.run()).then(({ violations }) => violations.map(({ id, nodes }) => "
				+ "id + ': ' + nodes.map(({ html }) => html)))");
	}

	public void resize(int width, int height) {
		this.driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
	}

	/** Shows pages as a visitor wants them. */
	public void prefer(String feature, String value) {
		this.driver.executeCdpCommand("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", feature, "value", value))));
	}

	public byte[] screenshot() {
		return this.driver.getScreenshotAs(OutputType.BYTES);
	}

	@Override
	public void close() {
		this.driver.quit();
	}

}
