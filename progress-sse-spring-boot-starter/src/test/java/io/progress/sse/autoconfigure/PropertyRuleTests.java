package io.progress.sse.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import io.progress.sse.support.SettingRule;
import io.progress.sse.web.HeaderRule;
import io.progress.sse.web.WebSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link SettingRule}, {@code PathRule} and {@link HeaderRule} by what they are
 * asked about.
 */
class PropertyRuleTests {

	private static final Map<String, List<String>> ABSURD = Map.of("java.time.Duration",
			List.of("-1s", "200000d", "100000000000000d"), "java.lang.Integer", List.of("-1", "2000000000"),
			"java.lang.Long", List.of("-1", "9000000000000000000"), "org.springframework.util.unit.DataSize",
			List.of("-1B", "5000GB"));

	@ParameterizedTest
	@MethodSource("absurdValues")
	void everyTimeAndSizeHasARangeThatNamesItsKey(String key, String value, String prefix, Class<?> type) {
		assertThatThrownBy(() -> bind(prefix, type, Map.of(key, value))).rootCause()
			.isInstanceOf(IllegalArgumentException.class)
			.hasMessageContaining("'" + key + "' must be");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					admission-timeout       | 200000d         | 'progress.sse.admission-timeout' must be at most 31536000000ms, but is 17280000000000ms
					retention.events        | 48h             | 'progress.sse.retention.events' must be at most 'progress.sse.retention.result' (86400000ms), because events are kept together with the result, but is '172800000ms'
					""")
	void jobsAreKeptWithinReason(String key, String value, String message) {
		assertThatThrownBy(() -> {
			bind("progress.sse", ProgressProperties.class, Map.of("progress.sse." + key, value));
			bind("progress.sse", ProgressStoreProperties.class, Map.of("progress.sse." + key, value));
		}).rootCause().hasMessage(message);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Host", "host", "Content-Type", "Authorization", "Last-Event-ID", "X-Forwarded-For",
			"Link", "Sec-Fetch-Site" })
	void aHeaderThatMeansSomethingElseDoesNotCarryIds(String name) {
		assertThatStream("job-id-header", name)
			.hasMessageContaining(
					"'progress.sse.job-id-header' must be a header that has no other meaning, such as X-Job-Id")
			.hasMessageContaining(name);
	}

	@ParameterizedTest
	@ValueSource(strings = { "X-Job-Id", "X-Request-Id", "Job", "Idempotency-Key" })
	void aHeaderOfItsOwnDoes(String name) {
		assertThatCode(() -> bindStream("job-id-header", name)).doesNotThrowAnyException();
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://*.example.com", "example.com", "https://a.example/x", "null",
			"https://a.example:443", "http://a.example:80", "https://", "https:// a.example", "https://é.example" })
	void anOriginThatNoBrowserSendsIsRefused(String origin) {
		assertThatStream("cors.allowed-origins", origin)
			.hasMessageContaining("'progress.sse.cors.allowed-origins' must be origins as browsers send them")
			.hasMessageContaining("but is '" + origin + "'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "*", "https://a.example", "http://localhost:3000", "http://[::1]:8080",
			"https://A.example/", "capacitor://localhost" })
	void anOriginThatABrowserSendsIsTaken(String origin) {
		assertThatCode(() -> bindStream("cors.allowed-origins", origin)).doesNotThrowAnyException();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/a b", "/a?b", "/{x:a}", "/*", "//a", "/a//b", "/..", "/a/../b", "/./a", "/é", "/a%20b",
			"/a;b", "/a#b", "/a/**" })
	void aPathThatCannotBeServedIsRefused(String path) {
		assertThatStream("path", path)
			.hasMessageContaining("'progress.sse.path' must consist of parts between single slashes")
			.hasMessageContaining("but is '" + path + "'");
		assertThatStream("routes.a.path", path + "/{jobId}").hasMessageContaining("'progress.sse.routes.a.path' must")
			.hasMessageContaining("but is '" + path + "/{jobId}'");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			path        | /a/{jobId:[0-9]+} | must contain {jobId} without a pattern
			path        | /a/{jobId}/{*all} | must consist of parts between single slashes
			path        | /{jobId}/{jobId}  | must contain {jobId} once
			path        | /a/{jobId}/       | must consist of parts between single slashes
			status-path | /a/{jobId}/**     | must consist of parts between single slashes
			many-path   | /x/**             | must consist of parts between single slashes
			many-path   | /x/               | must start with a slash and not end with one
			""")
	void aRouteThatCannotBeServedIsRefused(String key, String path, String rule) {
		assertThatThrownBy(() -> bind("progress.sse", WebSettings.class,
				merged(Map.of("progress.sse.routes.a.path", "/own/{jobId}"),
						Map.of("progress.sse.routes.a." + key, path))))
			.rootCause()
			.hasMessageContaining("'progress.sse.routes.a." + key + "' " + rule)
			.hasMessageContaining("but is '" + path + "'");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			b.path        | /own/{jobId}                    | a.path
			b.status-path | /own/{jobId}                    | a.path
			b.many-path   | /owned                          | a.many-path
			b.path        | /{tenant}/{jobId}/x             | a.status-path
			b.path        | /progress/jobs/{jobId}          | .path
			b.many-path   | /progress/events                | .path
			""")
	void twoEndpointsDoNotShareAPath(String key, String path, String other) {
		Map<String, String> properties = merged(Map.of("progress.sse.routes.a.path", "/own/{jobId}",
				"progress.sse.routes.a.many-path", "/owned", "progress.sse.routes.a.status-path", "/{jobId}/{b}/x",
				"progress.sse.routes.b.path", "/other/{jobId}"), Map.of("progress.sse.routes." + key, path));
		assertThatThrownBy(() -> bind("progress.sse", WebSettings.class, properties)).rootCause()
			.hasMessageContaining("'progress.sse.routes." + key + "' must differ from the path of")
			.hasMessageContaining((other.equals(".path") ? "'progress.sse" : "'progress.sse.routes.") + other + "'")
			.hasMessageContaining("but is '" + path + "'");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "/tenants/{tenant}/jobs/{jobId}", "/a/{jobId}.events", "/v1/jobs/{jobId}:watch", "/{jobId}" })
	void aRouteMayHaveOtherVariables(String path) {
		assertThatCode(() -> bindStream("routes.a.path", path)).doesNotThrowAnyException();
	}

	static Stream<Arguments> absurdValues() throws IOException, ClassNotFoundException {
		try (InputStream metadata = PropertyRuleTests.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			JsonNode root = JsonMapper.shared().readTree(metadata);
			// Those of an actuator endpoint are Spring Boot's.
			Stream<Arguments> values = elements(root.get("properties"))
				.filter((setting) -> text(setting, "name").startsWith("progress.sse."))
				.filter((setting) -> !text(setting, "name").equals("progress.sse.order"))
				.flatMap((setting) -> ABSURD.getOrDefault(text(setting, "type"), List.of())
					.stream()
					.map((value) -> Arguments.of(text(setting, "name"), value,
							prefix(root, text(setting, "sourceType")), type(setting))));
			List<Arguments> all = values.toList();
			assertThat(all).hasSizeGreaterThan(50);
			return all.stream();
		}
	}

	private static String prefix(JsonNode root, String type) {
		return elements(root.get("groups")).filter((group) -> text(group, "type").equals(type))
			.map((group) -> text(group, "name"))
			.findFirst()
			.orElseThrow();
	}

	private static Class<?> type(JsonNode setting) {
		try {
			return Class.forName(text(setting, "sourceType"));
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Stream<JsonNode> elements(JsonNode list) {
		return StreamSupport.stream(list.spliterator(), false);
	}

	private static String text(JsonNode node, String name) {
		return node.get(name).asString();
	}

	private static AbstractThrowableAssert<?, ? extends Throwable> assertThatStream(String key, String value) {
		return assertThatThrownBy(() -> bindStream(key, value)).rootCause();
	}

	private static void bindStream(String key, String value) {
		bind("progress.sse", WebSettings.class, Map.of("progress.sse." + key, value));
	}

	private static Map<String, String> merged(Map<String, String> first, Map<String, String> second) {
		Map<String, String> all = new LinkedHashMap<>(first);
		all.putAll(second);
		return all;
	}

	private static void bind(String prefix, Class<?> type, Map<String, String> properties) {
		new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate(prefix, Bindable.of(type));
	}

}
