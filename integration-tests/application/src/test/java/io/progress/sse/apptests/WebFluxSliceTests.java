package io.progress.sse.apptests;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webflux.test.autoconfigure.WebFluxTest;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.reactive.server.WebTestClient;

/**
 * A test of nothing but a controller.
 */
@WebFluxTest(controllers = Reports.class, properties = "spring.main.web-application-type=reactive")
@ContextConfiguration(classes = ReportsApplication.class)
class WebFluxSliceTests {

	@Autowired
	private WebTestClient client;

	@Test
	void aControllerGetsItsReporter() {
		this.client.post()
			.uri("/reports")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.isEqualTo("tracked");
	}

	@Test
	void theEndpointsKnowTheJob() {
		this.client.post().uri("/reports").header("X-Job-Id", "4f6b0c1e9a7d4e66").exchange().expectStatus().isOk();
		this.client.get()
			.uri("/progress/jobs/4f6b0c1e9a7d4e66")
			.exchange()
			.expectBody()
			.jsonPath("state")
			.isEqualTo("done");
	}

	@Test
	void aControllerGetsItsTracker() {
		this.client.post()
			.uri("/later-reports")
			.exchange()
			.expectStatus()
			.isAccepted()
			.expectHeader()
			.exists("Location");
	}

}
