package io.progress.sse.redis;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The defaults that the pages name are those of the configuration's metadata, that is, of
 * the code. This module sees the metadata of all.
 */
class DocumentedDefaultsTests {

	private static final Pattern HEADER = Pattern.compile("\\| `(progress\\.sse\\.[a-z.]*)` \\| default \\|.*");

	private static final Pattern ROW = Pattern.compile("\\| ((?:`[a-z.-]+`(?:, )?)+) \\| ((?:`[^`]+`(?:, )?)*) ?\\|.*");

	private static final Pattern CODE = Pattern.compile("`([^`]+)`");

	private final Map<String, String> defaults = defaults();

	@Test
	void areThoseOfTheCode() throws IOException {
		Map<String, String> documented = new TreeMap<>();
		try (Stream<Path> pages = Files.walk(Path.of("..", "docs"))) {
			for (Path page : pages.filter((file) -> file.toString().endsWith(".md")).toList()) {
				read(page, documented);
			}
		}
		assertThat(documented).hasSizeGreaterThan(20)
			.allSatisfy((key, value) -> assertThat(value).as(key).isEqualTo(this.defaults.get(key)));
	}

	private void read(Path page, Map<String, String> documented) throws IOException {
		String prefix = "";
		for (String line : Files.readAllLines(page)) {
			Matcher header = HEADER.matcher(line);
			Matcher row = ROW.matcher(line);
			if (header.matches()) {
				prefix = header.group(1);
			}
			else if (!line.startsWith("|")) {
				prefix = "";
			}
			else if (row.matches()) {
				List<String> keys = code(row.group(1));
				List<String> values = code(row.group(2));
				for (int i = 0; i < keys.size(); i++) {
					String key = prefix + keys.get(i);
					if (this.defaults.containsKey(key) && (values.isEmpty() || values.size() == keys.size())) {
						documented.put(key, values.isEmpty() ? "" : values.get(i));
					}
				}
			}
		}
	}

	private static List<String> code(String cell) {
		return CODE.matcher(cell).results().map((code) -> code.group(1)).toList();
	}

	private static Map<String, String> defaults() {
		Map<String, String> defaults = new TreeMap<>();
		try {
			for (URL url : Collections.list(DocumentedDefaultsTests.class.getClassLoader()
				.getResources("META-INF/spring-configuration-metadata.json"))) {
				try (InputStream metadata = url.openStream()) {
					for (JsonNode property : JsonMapper.shared().readTree(metadata).get("properties")) {
						defaults.put(property.get("name").asString(), text(property.path("defaultValue")));
					}
				}
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		return defaults;
	}

	/** A list is written in brackets, or is a list. */
	private static String text(JsonNode value) {
		return (value.isArray() ? value.valueStream().map(JsonNode::asString).toList().toString() : value.asString(""))
			.replaceAll("[\\[\\] ]", "");
	}

}
