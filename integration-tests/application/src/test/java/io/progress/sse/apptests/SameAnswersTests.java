package io.progress.sse.apptests;

import java.lang.reflect.Method;
import java.net.URI;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Adding the starter changes no byte of what an application answers by itself.
 */
@Tag("long")
class SameAnswersTests {

	private static final List<String> PATHS = List.of("/book", "/shelf", "/progress/summary", "/text", "/future",
			"/async", "/callable", "/wrapped", "/stream", "/broken", "/gone", "/nowhere", "/progress/nowhere",
			"/executors");

	private final HttpClient client = HttpClient.newHttpClient();

	@ParameterizedTest
	@CsvSource({ "servlet, 3, starter", "servlet, 2, starter", "reactive, 3, starter", "reactive, 2, starter",
			"servlet, 2, redis", "reactive, 2, redis" })
	void withAndWithoutTheStarter(String type, int jackson, String added) throws Exception {
		Map<String, String> without = answers(type, jackson, "none");
		Map<String, String> with = answers(type, jackson, added);
		assertThat(without.get("/shelf")).contains((jackson == 2) ? "{\"zone\":" : "{\"aisle\":");
		assertThat(with.remove("ours")).startsWith("200 ");
		assertThat(without.remove("ours")).startsWith("404 ");
		without.forEach((request, answer) -> assertThat(with.get(request)).as(request).isEqualTo(answer));
	}

	@SuppressWarnings("try")
	private Map<String, String> answers(String type, int jackson, String added) throws Exception {
		boolean servlet = type.equals("servlet");
		Thread thread = Thread.currentThread();
		ClassLoader own = thread.getContextClassLoader();
		try (URLClassLoader loader = ClassPath.of(servlet, jackson == 3, added)) {
			thread.setContextClassLoader(loader);
			Method start = loader.loadClass(OrdinaryApplication.class.getName())
				.getMethod("start", String.class, String.class);
			Class<?> application = servlet ? OrdinaryMvc.class : OrdinaryFlux.class;
			Map.Entry<?, ?> running = (Map.Entry<?, ?>) start.invoke(null, application.getName(), type);
			try (AutoCloseable stop = (AutoCloseable) running.getValue()) {
				return answers((Integer) running.getKey());
			}
		}
		finally {
			thread.setContextClassLoader(own);
		}
	}

	private Map<String, String> answers(int port) throws Exception {
		Map<String, String> answers = new LinkedHashMap<>();
		for (String path : PATHS) {
			answers.put(path, answer(request(port, path)));
		}
		answers.put("HTML", answer(request(port, "/broken").header("Accept", "text/html")));
		answers.put("CORS", answer(request(port, "/book").header("Origin", "https://books.example")));
		answers.put("foreign", answer(request(port, "/book").header("Origin", "https://else.example")));
		answers.put("preflight",
				answer(request(port, "/book").header("Origin", "https://books.example")
					.header("Access-Control-Request-Method", "GET")
					.method("OPTIONS", HttpRequest.BodyPublishers.noBody())));
		answers.put("odd id", answer(request(port, "/text").header("X-Job-Id", "?")));
		answers.put("echo",
				answer(post(port, "{\"title\":\"A\",\"printed\":\"1970-01-01T00:00:00Z\",\"price\":1.10}")));
		answers.put("malformed", answer(post(port, "{\"title\":")));
		answers.put("metrics", answer(request(port, "/requests")));
		answers.put("ours", answer(request(port, "/progress/client.d.ts")));
		return answers;
	}

	private static HttpRequest.Builder post(int port, String body) {
		return request(port, "/book").header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body));
	}

	private static HttpRequest.Builder request(int port, String path) {
		return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).timeout(Duration.ofSeconds(20));
	}

	/**
	 * Status, headers and body, without what differs from request to request.
	 */
	private String answer(HttpRequest.Builder request) throws Exception {
		HttpResponse<String> response = this.client.send(request.build(), BodyHandlers.ofString());
		Map<String, List<String>> headers = new TreeMap<>(response.headers().map());
		headers.keySet().removeIf((name) -> name.equalsIgnoreCase("date"));
		String body = response.body()
			.replaceAll("\"timestamp\":\"[^\"]*\"", "\"timestamp\":…")
			.replaceAll("\"requestId\":\"[^\"]*\"", "\"requestId\":…")
			.replaceAll("<div id=.created.>[^<]*</div>", "<div>…</div>")
			.replaceAll("\\[[0-9a-f]+-\\d+\\]", "[…]");
		return response.statusCode() + " " + headers + " " + body;
	}

}
