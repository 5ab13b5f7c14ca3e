package io.progress.sse.quickstart;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that has the starter, one tracked method and one controller.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class UnderThirtyLinesTests {

	private static final Pattern LINK = Pattern.compile("<(.+)>; rel=\"monitor\"");

	private final HttpClient client = HttpClient.newHttpClient();

	@LocalServerPort
	private int port;

	@Test
	void haveAStreamThatFollowsTheWorkToItsEnd() throws Exception {
		HttpResponse<String> accepted = send(request("/reports").header("Content-Type", "application/json")
			.header("X-Job-Id", "chosen-by-the-client")
			.POST(HttpRequest.BodyPublishers.ofString("[\"one\", \"two\", \"three\"]")));
		assertThat(accepted.statusCode()).isEqualTo(202);
		assertThat(accepted.headers().firstValue("X-Job-Id")).contains("chosen-by-the-client");

		Matcher link = LINK.matcher(accepted.headers().firstValue("Link").orElseThrow());
		assertThat(link.matches()).isTrue();
		HttpResponse<String> stream = send(request(link.group(1)));
		assertThat(stream.headers().firstValue("Content-Type"))
			.hasValueSatisfying((type) -> assertThat(type).startsWith("text/event-stream"));
		assertThat(stream.body()).containsSubsequence("\"state\":\"queued\"", "\"phase\":\"rendering\"", "event: done",
				"\"completed\":3");
	}

	@Test
	void areReallyFewer() throws IOException {
		Path source = Path.of("src/test/java", QuickstartApplication.class.getName().replace('.', '/') + ".java");
		assertThat(Files.readAllLines(source))
			.filteredOn((line) -> !line.isBlank() && !line.startsWith("import") && !line.startsWith("package"))
			.hasSizeLessThan(30);
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path))
			.timeout(Duration.ofSeconds(10));
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
		return this.client.send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

}
