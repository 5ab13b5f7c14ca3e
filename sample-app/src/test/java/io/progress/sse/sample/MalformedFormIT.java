package io.progress.sse.sample;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Bodies that are no forms, wherever a form is expected.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class MalformedFormIT {

	private static final String PART = "--abc\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nhello";

	private static final String MANY = IntStream.range(0, 30)
		.mapToObj((i) -> "--abc\r\nContent-Disposition: form-data; name=\"p" + i + "\"\r\n\r\nx\r\n")
		.collect(Collectors.joining("", "", "--abc--\r\n"));

	private SampleClient client;

	@BeforeEach
	void connect(@LocalServerPort int port) {
		this.client = new SampleClient(port);
	}

	@ParameterizedTest(name = "{0}: {1}")
	@MethodSource
	void isRefused(String uri, String what, String contentType, String body, HttpStatus status) {
		ResponseEntity<Map<String, Object>> answer = this.client.post(uri, contentType, body);
		assertThat(answer.getStatusCode()).isEqualTo(status);
		assertThat(answer.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
		assertThat(answer.getBody()).containsEntry("detail",
				(status == HttpStatus.BAD_REQUEST) ? "The form is cut short, has no boundary, or has too many parts"
						: "Content-Type '" + contentType + "' is not supported.");
	}

	static Stream<Arguments> isRefused() {
		return Stream.of("/api/v1/convert", "/api/jobs").flatMap(MalformedFormIT::bodies);
	}

	private static Stream<Arguments> bodies(String uri) {
		return Stream.of(arguments(uri, "JSON", "application/json", "{}", HttpStatus.UNSUPPORTED_MEDIA_TYPE),
				arguments(uri, "text", "text/plain;charset=UTF-8", "hello", HttpStatus.UNSUPPORTED_MEDIA_TYPE),
				arguments(uri, "no boundary", "multipart/form-data", PART, HttpStatus.BAD_REQUEST),
				arguments(uri, "no form", "multipart/form-data;boundary=abc", "hello", HttpStatus.BAD_REQUEST),
				arguments(uri, "cut short", "multipart/form-data;boundary=abc", PART, HttpStatus.BAD_REQUEST),
				arguments(uri, "many parts", "multipart/form-data;boundary=abc", MANY, HttpStatus.BAD_REQUEST));
	}

}
