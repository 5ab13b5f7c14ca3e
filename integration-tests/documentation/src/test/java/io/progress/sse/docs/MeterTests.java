package io.progress.sse.docs;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

import io.progress.sse.JobSpec;
import io.progress.sse.ProgressTracker;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares the meters of the page, and those of the dashboard, with the meters of running
 * applications.
 */
@Timeout(120)
@org.junit.jupiter.api.Tag("long")
class MeterTests {

	private static final Pattern NAME = Pattern.compile("progress_sse_[a-z0-9_]+");

	private static final Path PAGE = Path.of("../../docs/metrics.md");

	private static final Path DASHBOARD = Path.of("../../docs/grafana/progress-sse.json");

	private static final String[] IN_MEMORY = {
			"spring.autoconfigure.exclude=io.progress.sse.redis.RedisProgressAutoConfiguration",
			"progress.sse.webhooks.enabled=false" };

	/** No server listens there; meters do not need one. */
	private static final String[] ALL = { "spring.data.redis.port=1", "progress.sse.webhooks.enabled=true",
			"progress.sse.webhooks.secrets=whsec_" + "c2VjcmV0".repeat(4), "progress.sse.flush-timeout=0s",
			"progress.sse.stop-timeout=0s" };

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void ofAnApplicationAreThoseOfThePage(WebApplicationType type) {
		try (ConfigurableApplicationContext app = start(type, IN_MEMORY)) {
			assertThat(meters(app)).isEqualTo(documented("Jobs, events and streams", "Jobs in memory"));
		}
	}

	@Test
	void withRedisAndWebhooksAreThoseOfThePage() {
		try (ConfigurableApplicationContext app = start(WebApplicationType.REACTIVE, ALL)) {
			assertThat(meters(app)).isEqualTo(documented("Jobs, events and streams", "Jobs in Redis", "Webhooks"));
		}
	}

	@Test
	void ofTheDashboardExist() {
		Set<String> known = new TreeSet<>();
		for (String[] properties : List.of(IN_MEMORY, ALL)) {
			try (ConfigurableApplicationContext app = start(WebApplicationType.REACTIVE, properties)) {
				NAME.matcher(app.getBean(PrometheusMeterRegistry.class).scrape())
					.results()
					.forEach((found) -> known.add(found.group()));
			}
		}
		assertThat(queried()).hasSizeGreaterThan(30).allSatisfy((name) -> assertThat(known).contains(name));
	}

	private static Set<String> queried() {
		JsonNode dashboard = JsonMapper.shared().readTree(DASHBOARD.toFile());
		return Stream
			.concat(dashboard.get("panels").findValuesAsString("expr").stream(),
					dashboard.get("templating").findValuesAsString("query").stream())
			.flatMap((query) -> NAME.matcher(query).results())
			.map((found) -> found.group())
			.collect(Collectors.toCollection(TreeSet::new));
	}

	/** Each as a row of the page: name, type, tags, unit. */
	private static Set<String> meters(ConfigurableApplicationContext app) {
		return app.getBean(PrometheusMeterRegistry.class)
			.getMeters()
			.stream()
			.map(Meter::getId)
			.filter((id) -> id.getName().startsWith("progress.sse"))
			.map((id) -> row(id.getName(), id.getType().name().toLowerCase(Locale.ROOT),
					id.getTags().stream().map(Tag::getKey).sorted().collect(Collectors.joining(", ")),
					(id.getBaseUnit() != null) ? id.getBaseUnit() : ""))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static Set<String> documented(String... sections) {
		return Arrays.stream(sections).flatMap(MeterTests::rows).collect(Collectors.toCollection(TreeSet::new));
	}

	private static Stream<String> rows(String section) {
		String[] around = Snippet.read(PAGE).split("\n## " + Pattern.quote(section) + "\n");
		assertThat(around).as(section).hasSize(2);
		return around[1].split("\n## ", 2)[0].lines()
			.filter((line) -> line.startsWith("| `"))
			.map((line) -> line.replace("`", "").split("\\|", -1))
			.map((cells) -> row(cells[1].trim(), cells[2].trim(), cells[3].trim(), cells[4].trim()));
	}

	private static String row(String name, String type, String tags, String unit) {
		return String.join(" | ", name, type, tags, unit);
	}

	/** Starts an application that has run a job. */
	private static ConfigurableApplicationContext start(WebApplicationType type, String... properties) {
		ConfigurableApplicationContext app = new SpringApplicationBuilder(Application.class).web(type)
			.properties("server.port=0", "spring.main.banner-mode=off", "logging.level.root=off")
			.run(Arrays.stream(properties).map((property) -> "--" + property).toArray(String[]::new));
		app.getBean(ProgressTracker.class).open(JobSpec.named("report")).done();
		app.getBean(ProgressTracker.class).open(JobSpec.named("report")).cancelled();
		return app;
	}

	/** An application with all meters. */
	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class Application {

		@Bean
		PrometheusMeterRegistry registry() {
			return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
		}

	}

}
