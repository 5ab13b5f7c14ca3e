package io.progress.sse.sample.mvc;

import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.progress.sse.ProgressReporter;
import io.progress.sse.TrackProgress;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What springdoc says of a tracked controller method.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(ApiDocsTests.Api.class)
class ApiDocsTests {

	@LocalServerPort
	private int port;

	@Test
	void doNotShowTheReporter() throws Exception {
		String docs = new Visitor(this.port).login("alice").get("/v3/api-docs").body();
		assertThat(docs).contains("/documented").contains("\"title\"").doesNotContain("reporter");
	}

	@TestConfiguration(proxyBeanMethods = false)
	@RestController
	static class Api {

		@PostMapping("/documented")
		@TrackProgress
		public String documented(@RequestParam String title, ProgressReporter reporter) {
			return title;
		}

	}

}
