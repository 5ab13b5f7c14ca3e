package io.progress.sse.web;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.http.MediaType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Acceptance}.
 */
class AcceptanceTests {

	private static final List<MediaType> OFFERED = List.of(MediaType.TEXT_EVENT_STREAM, MediaType.APPLICATION_JSON);

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "none", textBlock = """
			''                                                      | text/event-stream
			*/*                                                     | text/event-stream
			text/*                                                  | text/event-stream
			application/*                                           | application/json
			application/json, text/plain, */*                       | application/json
			text/event-stream, application/json                     | text/event-stream
			application/json;q=0.5, text/event-stream               | text/event-stream
			text/event-stream;q=0, */*                              | application/json
			*/*, text/event-stream;q=0                              | application/json
			text/event-stream;q=0.2, */*;q=0.1                      | text/event-stream
			*/*;q=0.1, application/json;q=0                         | text/event-stream
			text/*;q=0, text/event-stream                           | text/event-stream
			text/event-stream;q=0, application/json;q=0, */*        | none
			*/*;q=0                                                 | none
			image/png                                               | none
			text/event-stream;charset=UTF-8                         | text/event-stream
			text/event-stream;level=1;q=0, text/event-stream        | text/event-stream
			application/json;q=0.9, */*;q=0.8                       | application/json
			*/*;q=0.8, application/json;q=0.3                       | text/event-stream
			""")
	void theMostSpecificRangeDecides(String accept, String expected) {
		MediaType best = new Acceptance(MediaType.parseMediaTypes(accept)).best(OFFERED);
		assertThat((best != null) ? best.toString() : null).isEqualTo(expected);
	}

}
