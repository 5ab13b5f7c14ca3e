package io.progress.sse.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an editor tells about our settings.
 */
class ConfigurationMetadataTests {

	@Test
	void describesEverySettingAsSpringBootDoes() throws IOException {
		List<JsonNode> settings = settings();
		assertThat(settings).map(ConfigurationMetadataTests::name)
			.contains("progress.sse.publish-interval", "progress.sse.retention.result");
		assertThat(settings)
			.allSatisfy((setting) -> assertThat(setting.path("description").asString("")).as(name(setting))
				.endsWith(".")
				.doesNotStartWith("The ")
				.doesNotStartWith("A "));
	}

	private static String name(JsonNode setting) {
		return setting.get("name").asString();
	}

	private static List<JsonNode> settings() throws IOException {
		List<JsonNode> settings = new ArrayList<>();
		try (InputStream metadata = ConfigurationMetadataTests.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			JsonMapper.shared().readTree(metadata).get("properties").forEach(settings::add);
		}
		return settings;
	}

}
