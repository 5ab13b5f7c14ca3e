package io.progress.sse.apptests;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A test of nothing but a controller.
 */
@WebMvcTest(Reports.class)
@ContextConfiguration(classes = ReportsApplication.class)
class WebMvcSliceTests {

	@Autowired
	private MockMvcTester mvc;

	@Test
	void aControllerGetsItsReporter() {
		assertThat(this.mvc.post().uri("/reports")).hasStatusOk().hasBodyTextEqualTo("tracked");
	}

	@Test
	void theEndpointsKnowTheJob() {
		assertThat(this.mvc.post().uri("/reports").header("X-Job-Id", "4f6b0c1e9a7d4e55")).hasStatusOk();
		assertThat(this.mvc.get().uri("/progress/jobs/4f6b0c1e9a7d4e55")).bodyJson()
			.extractingPath("state")
			.isEqualTo("done");
	}

	@Test
	void aControllerGetsItsTracker() {
		assertThat(this.mvc.post().uri("/later-reports")).hasStatus(202).containsHeader("Location");
	}

}
