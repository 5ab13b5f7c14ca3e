import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs the samples as prepared ahead of time: each starts, runs a job through HTTP, shows
 * it in a stream that is left and resumed, and stops. Arguments: the jar of the WebFlux
 * sample with Redis, the jar of the MVC sample.
 */
public final class CheckAot {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Pattern PORT = Pattern.compile("started on port (\\d+)");

	private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

	private final List<String> headers = new ArrayList<>();

	private final String name;

	private String base = "";

	private CheckAot(String name) {
		this.name = name;
	}

	public static void main(String[] args) throws Exception {
		int redis = freePort();
		Process server = new ProcessBuilder("redis-server", "--port", "" + redis, "--bind", "127.0.0.1", "--save", "")
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		try {
			new CheckAot("WebFlux with Redis").run(Path.of(args[0]), "redis://127.0.0.1:" + redis, CheckAot::webFlux);
		}
		finally {
			server.destroy();
		}
		new CheckAot("MVC").run(Path.of(args[1]), "", CheckAot::mvc);
	}

	private interface Visit {

		void to(CheckAot application) throws Exception;

	}

	private void run(Path jar, String redis, Visit visit) throws Exception {
		String java = ProcessHandle.current().info().command().orElse("java");
		ProcessBuilder builder = new ProcessBuilder(java, "-Dspring.aot.enabled=true", "-XX:TieredStopAtLevel=1",
				"-jar", jar.toString(), "--server.port=0",
				"--spring.profiles.active=" + (redis.isEmpty() ? "" : "redis"))
			.redirectErrorStream(true);
		builder.environment().put("REDIS_URL", redis);
		Process application = builder.start();
		List<String> log = new ArrayList<>();
		try {
			this.base = "http://127.0.0.1:" + port(application, log);
			check(log.stream().anyMatch((line) -> line.contains("Starting AOT-processed")), "was not AOT-processed");
			visit.to(this);
			application.destroy();
			check(application.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS), "did not stop");
			check(log.stream().noneMatch((line) -> line.contains(" ERROR ")), "logged an error");
			System.out.println(this.name + ": ahead-of-time run good");
		}
		catch (Exception ex) {
			log.forEach(System.err::println);
			throw ex;
		}
		finally {
			application.destroyForcibly();
		}
	}

	private static String port(Process application, List<String> log) throws Exception {
		CompletableFuture<String> port = new CompletableFuture<>();
		Thread reader = new Thread(() -> {
			try (BufferedReader lines = reader(application.getInputStream())) {
				for (String line = lines.readLine(); line != null; line = lines.readLine()) {
					log.add(line);
					Matcher found = PORT.matcher(line);
					if (found.find()) {
						port.complete(found.group(1));
					}
				}
			}
			catch (IOException ex) {
				// The process has ended.
			}
			port.completeExceptionally(new IllegalStateException("The application ended before it listened"));
		});
		reader.setDaemon(true);
		reader.start();
		return port.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
	}

	private void webFlux() throws Exception {
		HttpResponse<String> answer = post("/api/demo?steps=20&delayMs=100");
		check(answer.statusCode() == 202, "answered " + answer.statusCode() + " to the job: " + answer.body());
		String job = answer.headers().firstValue("X-Job-Id").orElseThrow();
		follow("/progress/jobs/" + job + "/events");
		check(get("/actuator/health").body().contains("UP"), "is not healthy");
		check(get("/progress/client.js").statusCode() == 200, "does not serve the client");
	}

	private void mvc() throws Exception {
		this.headers.addAll(List.of("Authorization",
				"Basic " + Base64.getEncoder().encodeToString("admin:admin".getBytes(StandardCharsets.UTF_8))));
		String cookies = String.join("; ",
				get("/").headers().allValues("Set-Cookie").stream().map((each) -> each.split(";")[0]).toList());
		Matcher token = Pattern.compile("XSRF-TOKEN=([^;]+)").matcher(cookies);
		check(token.find(), "set no CSRF cookie: " + cookies);
		this.headers.addAll(List.of("Cookie", cookies, "X-XSRF-TOKEN", token.group(1)));
		String job = "ahead-of-time-0123456789";
		CompletableFuture<HttpResponse<String>> book = this.http
			.sendAsync(request("/books?title=Emma&pages=20").header("X-Job-Id", job)
				.POST(HttpRequest.BodyPublishers.noBody())
				.build(), HttpResponse.BodyHandlers.ofString());
		follow("/progress/jobs/" + job + "/events");
		check(book.get(10, TimeUnit.SECONDS).body().contains("Emma"), "printed no book: " + book.get());
		check(get("/progress/jobs/" + job).body().contains("\"result\""), "does not show the result");
		check(get("/progress/client.js").statusCode() == 200, "does not serve the client");
		check(get("/progress/dashboard").body().contains("<html"), "does not serve the dashboard");
	}

	/** Leaves the stream after two events, and resumes it to the end. */
	private void follow(String path) throws Exception {
		List<String> seen = new ArrayList<>();
		String last = read(path, "0", 2, seen);
		read(path, last, Integer.MAX_VALUE, seen);
		check(seen.size() == seen.stream().distinct().count(), "sent events twice: " + seen);
		check(seen.size() > 4, "sent too few events: " + seen);
		check(get(path.replace("/events", "")).body().contains("\"done\""), "ended the stream before the job");
	}

	private String read(String path, String after, int max, List<String> seen) throws Exception {
		HttpResponse<InputStream> response = this.http.send(request(path).header("Last-Event-ID", after).build(),
				HttpResponse.BodyHandlers.ofInputStream());
		check(response.statusCode() == 200, "answered " + response.statusCode() + " to " + path);
		int events = 0;
		try (BufferedReader lines = reader(response.body())) {
			for (String line = lines.readLine(); line != null && events < max; line = lines.readLine()) {
				if (line.startsWith("id:")) {
					seen.add(line.substring(3).trim());
					events++;
				}
			}
		}
		check(!seen.isEmpty(), "sent no event");
		return seen.get(seen.size() - 1);
	}

	private HttpResponse<String> get(String path) throws Exception {
		return this.http.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
	}

	private HttpResponse<String> post(String path) throws Exception {
		return this.http.send(request(path).POST(HttpRequest.BodyPublishers.noBody()).build(),
				HttpResponse.BodyHandlers.ofString());
	}

	private HttpRequest.Builder request(String path) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.base + path)).timeout(PATIENCE);
		return this.headers.isEmpty() ? request : request.headers(this.headers.toArray(String[]::new));
	}

	private void check(boolean good, String fault) {
		if (!good) {
			throw new IllegalStateException(this.name + " " + fault);
		}
	}

	private static BufferedReader reader(InputStream in) {
		return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

}
