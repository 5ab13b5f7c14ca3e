package io.progress.sse.sample.mvc;

import java.io.File;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.condition.EnabledIf;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/**
 * Runs tests where Chromium and its driver are installed: at the paths of Debian, or
 * where the system properties {@code chromium} and {@code chromedriver} say.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf("io.progress.sse.sample.mvc.EnabledIfChromium$Chromium#isInstalled")
@interface EnabledIfChromium {

	/** The browser. */
	final class Chromium {

		private static final File BROWSER = new File(System.getProperty("chromium", "/usr/bin/chromium"));

		private static final File DRIVER = new File(System.getProperty("chromedriver", "/usr/bin/chromedriver"));

		private Chromium() {
		}

		static boolean isInstalled() {
			return BROWSER.canExecute() && DRIVER.canExecute();
		}

		static ChromeDriver start() {
			ChromeOptions options = new ChromeOptions();
			options.setBinary(BROWSER);
			options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage",
					"--disable-background-networking");
			return new ChromeDriver(
					new ChromeDriverService.Builder().usingDriverExecutable(DRIVER).usingAnyFreePort().build(),
					options);
		}

	}

}
