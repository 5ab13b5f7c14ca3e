package io.progress.sse.docs;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares the keys of the pages with the configuration metadata, which is made from the
 * code.
 */
class ConfigurationSnippetTests {

	private static final Pattern ASSIGNMENT = Pattern.compile("^ {4}(progress\\.sse\\.[a-z0-9.-]+)=",
			Pattern.MULTILINE);

	private static final Pattern MENTION = Pattern.compile("`(progress\\.sse\\.[a-z0-9.-]*[a-z0-9])(?:=[^`]*)?`");

	private static final Pattern METER = Pattern.compile("\"(progress\\.sse\\.[a-z.-]+[a-z])\"");

	private static final Pattern METERS = Pattern.compile("\"(progress\\.sse\\.[a-z.]+\\.)\"");

	private static final Pattern REST = Pattern.compile("\"([a-z][a-z.-]+)\"");

	private final Map<String, String> types = types();

	@Test
	void eachKeyOfABlockIsKnown() {
		List<Snippet> snippets = Snippet.in("yaml", "properties");
		assertThat(snippets).hasSizeGreaterThan(3);
		assertThat(snippets.stream().flatMap((snippet) -> keys(snippet).map((key) -> snippet + " " + key)))
			.filteredOn((key) -> !isKnown(key.substring(key.indexOf(' ') + 1)))
			.isEmpty();
	}

	@Test
	void eachKeyThatALineSetsIsKnown() {
		assertThat(found(ASSIGNMENT)).hasSizeGreaterThan(1)
			.filteredOn((key) -> !isKnown(key.substring(key.indexOf(' ') + 1)))
			.isEmpty();
	}

	@Test
	void eachNameInTheTextIsAKeyOrAMeter() {
		Set<String> meters = meters();
		assertThat(found(MENTION)).hasSizeGreaterThan(20)
			.filteredOn((name) -> !isMentioned(name.substring(name.indexOf(' ') + 1), meters))
			.isEmpty();
	}

	private boolean isMentioned(String name, Set<String> meters) {
		return isKnown(name) || meters.contains(name)
				|| this.types.keySet().stream().anyMatch((key) -> key.startsWith(name + "."));
	}

	/**
	 * A key below a map is a name of the user's choice and a component of the map's
	 * record.
	 */
	private boolean isKnown(String key) {
		String plain = key.replaceAll("\\[\\d+]", "");
		return this.types.containsKey(plain) || this.types.entrySet()
			.stream()
			.filter((entry) -> plain.startsWith(entry.getKey() + ".") && entry.getValue().startsWith("java.util.Map<"))
			.anyMatch((entry) -> isComponent(plain.substring(entry.getKey().length() + 1), entry.getValue()));
	}

	private static boolean isComponent(String path, String map) {
		String type = map.substring(map.indexOf(',') + 1, map.length() - 1);
		try {
			return path.indexOf('.') < 0 || Arrays.stream(Class.forName(type).getRecordComponents())
				.map((component) -> component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT))
				.anyMatch(path.substring(path.indexOf('.') + 1)::equals);
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Stream<String> keys(Snippet snippet) {
		Properties properties = new Properties();
		try {
			if (snippet.language().equals("properties")) {
				properties.load(new StringReader(snippet.text()));
			}
			else {
				YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
				yaml.setResources(new ByteArrayResource(snippet.text().getBytes(StandardCharsets.UTF_8)));
				properties.putAll(Objects.requireNonNull(yaml.getObject()));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return properties.stringPropertyNames().stream().filter((key) -> key.startsWith("progress.sse."));
	}

	/** What a pattern finds, each as page and name. */
	private static List<String> found(Pattern pattern) {
		List<String> found = new ArrayList<>();
		for (Path page : Snippet.pages()) {
			pattern.matcher(Snippet.read(page))
				.results()
				.map((MatchResult result) -> Snippet.name(page) + " " + result.group(1))
				.forEach(found::add);
		}
		return found;
	}

	private static Map<String, String> types() {
		return Setting.all()
			.stream()
			.collect(Collectors.toMap(Setting::name, Setting::type, (one, other) -> one, TreeMap::new));
	}

	private static Set<String> meters() {
		try (Stream<Path> modules = Files.list(Path.of("../.."))) {
			return modules.map((module) -> module.resolve("src/main/java"))
				.filter(Files::isDirectory)
				.flatMap(ConfigurationSnippetTests::metricsFiles)
				.map(Snippet::read)
				.flatMap(ConfigurationSnippetTests::meters)
				.collect(Collectors.toCollection(TreeSet::new));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Names in a source file, also those that are made of a beginning and a rest. */
	private static Stream<String> meters(String source) {
		return Stream.concat(texts(METER, source),
				texts(METERS, source).flatMap((beginning) -> texts(REST, source).map(beginning::concat)));
	}

	private static Stream<String> texts(Pattern pattern, String source) {
		return pattern.matcher(source).results().map((result) -> result.group(1));
	}

	private static Stream<Path> metricsFiles(Path folder) {
		try (Stream<Path> files = Files.walk(folder)) {
			return files
				.filter((file) -> file.toString().matches(".*(Met(rics|ers)|Observation|JobNames)[A-Za-z]*[.]java"))
				.toList()
				.stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
