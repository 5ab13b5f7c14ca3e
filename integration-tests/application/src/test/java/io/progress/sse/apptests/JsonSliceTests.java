package io.progress.sse.apptests;

import java.io.IOException;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.json.JsonTest;
import org.springframework.boot.test.json.JacksonTester;
import org.springframework.test.context.ContextConfiguration;

import io.progress.sse.ProgressReporter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A test of nothing but JSON, in an application with a controller that reports progress.
 */
@JsonTest
@ContextConfiguration(classes = ReportsApplication.class)
class JsonSliceTests {

	@Autowired
	private JacksonTester<Document> json;

	@Autowired
	private ProgressReporter progress;

	@Autowired
	private Reports reports;

	@Test
	void aDocumentIsWritten() throws IOException {
		assertThat(this.json.write(new Document("first"))).isEqualToJson("{\"title\":\"first\"}");
	}

	@Test
	void aControllerGetsItsReporterAndItsTracker() {
		assertThat(this.reports.render(this.progress)).isEqualTo("tracked");
		assertThat(this.reports.later().name()).isEqualTo("report");
	}

	record Document(String title) {

	}

}
