package io.progress.sse.docs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A key of the configuration, as the metadata has it.
 *
 * @param name the whole key
 * @param type name of the Java type of its value
 * @param defaultValue its default; empty without one
 * @param description what it means; empty without one
 */
record Setting(String name, String type, String defaultValue, String description) {

	/** Returns those of all libraries. */
	static List<Setting> all() {
		List<Setting> all = new ArrayList<>();
		for (JsonNode metadata : metadata()) {
			for (JsonNode property : metadata.get("properties")) {
				all.add(new Setting(property.get("name").asString(), property.path("type").asString(""),
						text(property.path("defaultValue")), property.path("description").asString("")));
			}
		}
		return all;
	}

	/** Returns those of this library, in the order of their names. */
	static List<Setting> ours() {
		return all().stream()
			.filter((setting) -> setting.name.matches("(progress\\.sse|management\\.endpoint\\.progress)\\..*"))
			.sorted((one, other) -> one.name.compareTo(other.name))
			.toList();
	}

	/** Returns the metadata of each library. */
	static List<JsonNode> metadata() {
		List<JsonNode> metadata = new ArrayList<>();
		try {
			for (URL url : Collections
				.list(Setting.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
				try (InputStream in = url.openStream()) {
					metadata.add(JsonMapper.shared().readTree(in));
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return metadata;
	}

	/** A list as it is written in properties. */
	private static String text(JsonNode value) {
		return (value.isArray() ? value.toString().replace("\"", "") : value.asString("")).replaceAll("[\\[\\] ]", "");
	}

}
