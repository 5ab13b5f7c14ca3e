package io.progress.sse.openapitests;

import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.WebApplicationType;

import io.progress.sse.JobSpec;
import io.progress.sse.ProgressJob;
import io.progress.sse.event.JobId;
import io.progress.sse.event.Note;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * docs/openapi.yaml against a running server: each response that it describes is really
 * answered, and answered so.
 */
@Timeout(60)
@Tag("long")
class DescribedAnswersTests {

	private static final String STREAM = "GET /progress/jobs/{jobId}/events";

	private static final String STATUS = "GET /progress/jobs/{jobId}";

	private static final String CANCEL = "DELETE /progress/jobs/{jobId}";

	private static final String TICKET = "POST /progress/jobs/{jobId}/tickets";

	private static final String RETRY = "POST /progress/jobs/{jobId}/retry";

	private static final String LIST = "GET /progress/jobs";

	private static final String MANY = "GET /progress/events";

	private final Description description = new Description();

	private final SchemaCheck schemas = new SchemaCheck(this.description);

	private final JsonMapper json = new JsonMapper();

	private final Set<String> answered = new TreeSet<>();

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void eachDescribedResponseIsAnswered(WebApplicationType type) throws Exception {
		try (Application application = new Application(type, Application.Full.class,
				"progress.sse.cancel.enabled=true")) {
			ended(application);
			running(application);
			refused(application);
			many(application);
			assertThat(this.answered).isEqualTo(this.description.responses());
		}
	}

	private void ended(Application application) throws Exception {
		ProgressJob job = application.tracker().open(spec("ended"));
		job.reporter().phase("printing");
		job.reporter().report(3, 10);
		job.reporter().note(Note.Level.WARNING, "half");
		job.done(Map.of("url", "/report"));
		String path = "/progress/jobs/ended";
		HttpResponse<String> stream = check(STREAM, 200, application, request(application, path + "/events"));
		String last = stream.body().replaceAll("(?s).*\\nid: (\\S+)\\n.*", "$1");
		check(STREAM, 204, application, request(application, path + "/events").header("Last-Event-ID", last));
		check(STREAM, 410, application,
				request(application, path + "/events?stale=gone").header("Last-Event-ID", "1-1"));
		known(STREAM, application, path + "/events");
		known(STATUS, application, path);
		check(CANCEL, 409, application, request(application, path).DELETE());
		check(TICKET, 201, application, post(application, path + "/tickets"));
		check(RETRY, 202, application, post(application, path + "/retry"));
		known(LIST, application, "/progress/jobs");
	}

	private void running(Application application) throws Exception {
		try (ProgressJob job = application.tracker().open(spec("running"))) {
			job.reporter().report(1, 2);
			String path = "/progress/jobs/running";
			List<InputStream> streams = new ArrayList<>();
			for (int i = 0; i < Application.STREAMS; i++) {
				streams.add(open(application, path + "/events"));
			}
			check(STREAM, 429, application, request(application, path + "/events"));
			check(RETRY, 409, application, post(application, path + "/retry"));
			check(CANCEL, 202, application, request(application, path).DELETE());
			job.cancelled();
			for (InputStream stream : streams) {
				stream.readAllBytes();
				stream.close();
			}
		}
	}

	/**
	 * Opens a stream, which counts from its first byte on.
	 */
	private static InputStream open(Application application, String path) throws Exception {
		InputStream stream = application.client()
			.send(request(application, path).build(), BodyHandlers.ofInputStream())
			.body();
		assertThat(stream.read()).isPositive();
		return stream;
	}

	private void refused(Application application) throws Exception {
		String malformed = "/progress/jobs/a.b";
		String unknown = "/progress/jobs/unknown";
		for (String events : new String[] { "", "/events" }) {
			String operation = events.isEmpty() ? STATUS : STREAM;
			check(operation, 400, application, request(application, malformed + events));
			check(operation, 404, application,
					request(application, unknown + events).header("Accept", "application/json"));
			check(operation, 406, application, request(application, unknown + events).header("Accept", "image/png"));
			check(operation, 401, application, request(application, "/progress/jobs/ended" + events + "?ticket=none"));
		}
		check(CANCEL, 400, application, request(application, malformed).DELETE());
		check(CANCEL, 404, application, request(application, unknown).DELETE());
		check(TICKET, 400, application, post(application, malformed + "/tickets"));
		check(TICKET, 401, application,
				application.request("/progress/jobs/ended/tickets").POST(BodyPublishers.noBody()));
		check(RETRY, 400, application, post(application, malformed + "/retry"));
		check(RETRY, 404, application, post(application, unknown + "/retry"));
		for (String operation : new String[] { LIST, MANY }) {
			String path = operation.substring("GET ".length());
			check(operation, 404, application, application.request(path));
			check(operation, 406, application, request(application, path).header("Accept", "image/png"));
		}
		check(LIST, 400, application, request(application, "/progress/jobs?limit=none"));
		check(MANY, 400, application, request(application, "/progress/events?job=a.b"));
	}

	private void many(Application application) throws Exception {
		String path = "/progress/events?job=ended&job=running";
		HttpResponse<String> stream = check(MANY, 200, application, request(application, path));
		String last = stream.body().replaceAll("(?s).*\\nid: (\\S+)\\n.*", "$1");
		check(MANY, 204, application, request(application, path).header("Last-Event-ID", last));
		known(MANY, application, path);
		known(MANY, application, "/progress/events");
	}

	/**
	 * Polls twice: the second time the client has seen the same before.
	 */
	private void known(String operation, Application application, String path) throws Exception {
		HttpResponse<String> first = check(operation, 200, application,
				request(application, path).header("Accept", "application/json"));
		check(operation, 304, application, request(application, path).header("Accept", "application/json")
			.header("If-None-Match", first.headers().firstValue("ETag").orElseThrow()));
	}

	private HttpResponse<String> check(String operation, int status, Application application,
			HttpRequest.Builder request) throws Exception {
		HttpResponse<String> response = application.client().send(request.build(), BodyHandlers.ofString());
		String name = operation + " " + status;
		assertThat(response.statusCode()).as(name + response.body()).isEqualTo(status);
		JsonNode described = this.description.response(operation, status);
		assertThat(described.isMissingNode()).as(name + " is not described").isFalse();
		described.path("headers")
			.fieldNames()
			.forEachRemaining((header) -> assertThat(response.headers().firstValue(header)).as(name).isPresent());
		JsonNode content = described.path("content");
		if (content.isMissingNode()) {
			assertThat(response.body()).as(name).isEmpty();
			this.answered.add(name);
			return response;
		}
		String type = response.headers().firstValue("Content-Type").orElseThrow().replaceAll(";.*", "");
		assertThat(content.has(type)).as(name + " " + type).isTrue();
		JsonNode schema = content.path(type).path("schema");
		String[] bodies = type.equals("text/event-stream")
				? response.body().lines().filter((line) -> line.startsWith("data: ")).toArray(String[]::new)
				: new String[] { "data: " + response.body() };
		assertThat(bodies).isNotEmpty();
		for (String body : bodies) {
			JsonNode value = this.json.readTree(body.substring("data: ".length()));
			assertThat(this.schemas.faults(value, schema)).as(name + body).isEmpty();
		}
		this.answered.add(name + " " + type);
		return response;
	}

	private static HttpRequest.Builder request(Application application, String path) {
		return application.request(path).header("X-User", "alice");
	}

	private static HttpRequest.Builder post(Application application, String path) {
		return request(application, path).POST(BodyPublishers.noBody());
	}

	private static JobSpec spec(String id) {
		return JobSpec.named("report").withId(JobId.of(id)).withOwner("alice");
	}

}
