package io.progress.sse.sample.mvc;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/**
 * Somebody at a browser: with cookies, and a page that sends the CSRF token back.
 */
final class Visitor {

	private final CookieManager cookies = new CookieManager();

	private final HttpClient client = HttpClient.newBuilder()
		.cookieHandler(this.cookies)
		.followRedirects(HttpClient.Redirect.NEVER)
		.build();

	private final String base;

	Visitor(int port) {
		this.base = "http://localhost:" + port;
	}

	Visitor login(String user) throws Exception {
		get("/login");
		HttpResponse<String> response = post("/login?username=" + user + "&password=" + user);
		if (!response.headers().firstValue("Location").orElse("").endsWith("/")) {
			throw new IllegalStateException("Login of " + user + " failed: " + response);
		}
		get("/");
		return this;
	}

	/**
	 * The header that other clients send for this visitor.
	 */
	String session() {
		return this.cookies.getCookieStore()
			.getCookies()
			.stream()
			.map((cookie) -> cookie.getName() + "=" + cookie.getValue())
			.collect(Collectors.joining("; ", "Cookie: ", ""));
	}

	HttpResponse<String> get(String path, String... headers) throws Exception {
		return send("GET", path, headers);
	}

	HttpResponse<String> post(String path, String... headers) throws Exception {
		return send("POST", path, headers);
	}

	HttpResponse<String> delete(String path, String... headers) throws Exception {
		return send("DELETE", path, headers);
	}

	HttpResponse<String> send(String method, String path, String... headers) throws Exception {
		return this.client.send(request(method, path, headers).build(), BodyHandlers.ofString());
	}

	/**
	 * Without the CSRF token, which pages of other sites cannot know.
	 */
	HttpResponse<String> forge(String method, String path, String... headers) throws Exception {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.base + path))
			.method(method, HttpRequest.BodyPublishers.noBody());
		return this.client.send(((headers.length > 0) ? request.headers(headers) : request).build(),
				BodyHandlers.ofString());
	}

	EventStream watch(String path, String... headers) throws Exception {
		return new EventStream(this.client.send(request("GET", path, headers).build(), BodyHandlers.ofInputStream()));
	}

	private HttpRequest.Builder request(String method, String path, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.base + path))
			.method(method, HttpRequest.BodyPublishers.noBody());
		this.cookies.getCookieStore()
			.getCookies()
			.stream()
			.filter((cookie) -> cookie.getName().equals("XSRF-TOKEN"))
			.map(HttpCookie::getValue)
			.findFirst()
			.ifPresent((token) -> request.header("X-XSRF-TOKEN", token));
		return (headers.length > 0) ? request.headers(headers) : request;
	}

	/**
	 * An open stream.
	 */
	static final class EventStream implements AutoCloseable {

		private final HttpResponse<InputStream> response;

		private final BufferedReader lines;

		EventStream(HttpResponse<InputStream> response) {
			this.response = response;
			this.lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
		}

		int status() {
			return this.response.statusCode();
		}

		/**
		 * Reads until a line that contains a text.
		 * @return whether there was one before the stream ended
		 */
		boolean reaches(String text) throws IOException {
			for (String line = this.lines.readLine(); line != null; line = this.lines.readLine()) {
				if (line.contains(text)) {
					return true;
				}
			}
			return false;
		}

		/**
		 * Reads until a line that contains a text.
		 * @return whether no line before it contained another text
		 */
		boolean reachesWithout(String text, String other) throws IOException {
			for (String line = this.lines.readLine(); line != null; line = this.lines.readLine()) {
				if (line.contains(other)) {
					return false;
				}
				if (line.contains(text)) {
					return true;
				}
			}
			return false;
		}

		String rest() throws IOException {
			StringBuilder rest = new StringBuilder();
			for (String line = this.lines.readLine(); line != null; line = this.lines.readLine()) {
				rest.append(line).append('\n');
			}
			return rest.toString();
		}

		@Override
		public void close() throws IOException {
			this.response.body().close();
		}

	}

}
