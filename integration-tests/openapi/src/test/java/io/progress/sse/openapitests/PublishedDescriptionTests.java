package io.progress.sse.openapitests;

import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.WebApplicationType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What springdoc publishes of the endpoints.
 */
@Tag("long")
class PublishedDescriptionTests {

	private static final String REPORT = "#/components/schemas/ProgressJobLinks";

	private final JsonMapper json = new JsonMapper();

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void itHasTheEndpointsThatAreOnAndNothingElse(WebApplicationType type) throws Exception {
		JsonNode published = published(type, Application.Plain.class, "springdoc.api-docs.version=openapi_3_0");
		assertThat(published.at("/components/schemas/ProgressEvent/properties/jobId/type").asText())
			.as("a type of the older version, too")
			.isEqualTo("string");
		assertThat(names(published.path("paths"))).containsExactlyInAnyOrder("/books", "/progress/jobs/{jobId}/events",
				"/progress/jobs/{jobId}", "/progress/jobs/{jobId}/tickets", "/progress/jobs", "/progress/events");
		assertThat(names(published.path("paths").path("/progress/jobs/{jobId}"))).containsExactly("get");
	}

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void itHasThePathsAndFormatsOfTheSettings(WebApplicationType type) throws Exception {
		JsonNode paths = published(type, Application.Full.class, "progress.sse.path=/watch",
				"progress.sse.cancel.enabled=true", "progress.sse.format=phase",
				"progress.sse.routes.convert.path=/convert/{jobId}/stream",
				"progress.sse.routes.convert.status-path=/convert/{jobId}",
				"progress.sse.routes.convert.many-path=/convert", "progress.sse.routes.convert.format=percent")
			.path("paths");
		assertThat(names(paths)).containsExactlyInAnyOrder("/books", "/reports", "/later-reports",
				"/watch/jobs/{jobId}/events", "/watch/jobs/{jobId}", "/watch/jobs/{jobId}/tickets",
				"/watch/jobs/{jobId}/retry", "/watch/jobs", "/watch/events", "/convert/{jobId}/stream",
				"/convert/{jobId}", "/convert");
		assertThat(names(paths.path("/watch/jobs/{jobId}"))).containsExactlyInAnyOrder("get", "delete");
		assertThat(schema(paths, "/watch/jobs/{jobId}/events", "text/event-stream")).contains("ProgressPhaseEvent");
		assertThat(schema(paths, "/watch/jobs/{jobId}/events", "application/json")).contains("ProgressEvent");
		assertThat(schema(paths, "/convert/{jobId}/stream", "text/event-stream")).contains("ProgressPercentEvent");
		assertThat(schema(paths, "/convert/{jobId}", "application/json")).contains("ProgressPercentEvent");
		assertThat(schema(paths, "/convert", "application/json")).contains("array", "ProgressPercentEvent")
			.doesNotContain("ProgressJobPage");
		for (String path : new String[] { "/reports", "/later-reports" }) {
			JsonNode responses = paths.path(path).path("post").path("responses");
			assertThat(names(responses)).containsExactly("202");
			assertThat(responses.toString()).contains(REPORT);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void itIsTheDescriptionOfTheDocumentation(WebApplicationType type) throws Exception {
		JsonNode documented = new Description().root();
		JsonNode published = published(type, Application.Full.class, "progress.sse.cancel.enabled=true");
		for (String part : List.of("/components/schemas", "/components/parameters", "/components/headers",
				"/components/responses", "/paths")) {
			documented.at(part)
				.properties()
				.forEach((each) -> assertThat(sorted(published.at(part).path(each.getKey()))).as(each.getKey())
					.isEqualTo(sorted(each.getValue())));
		}
	}

	/**
	 * With the names of required members in alphabetical order, into which springdoc puts
	 * them.
	 */
	private static JsonNode sorted(JsonNode node) {
		node.forEach(PublishedDescriptionTests::sorted);
		if (node.path("required") instanceof ArrayNode required) {
			List<JsonNode> names = required.valueStream().sorted(Comparator.comparing(JsonNode::asText)).toList();
			required.removeAll().addAll(names);
		}
		return node;
	}

	private JsonNode published(WebApplicationType type, Class<?> configuration, String... properties) throws Exception {
		try (Application application = new Application(type, configuration, properties)) {
			HttpResponse<String> response = application.client()
				.send(application.request("/v3/api-docs").build(), BodyHandlers.ofString());
			assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
			return this.json.readTree(response.body());
		}
	}

	private static String schema(JsonNode paths, String path, String type) {
		return paths.path(path).path("get").path("responses").path("200").path("content").path(type).toString();
	}

	private static Set<String> names(JsonNode node) {
		Set<String> names = new TreeSet<>();
		node.fieldNames().forEachRemaining(names::add);
		return names;
	}

}
