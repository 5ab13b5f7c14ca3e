package io.progress.sse.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import io.progress.sse.stream.format.ProgressEventFormats;
import io.progress.sse.web.WebSettings;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What editors and pages tell about the keys of all modules.
 */
class PropertiesPageTests {

	private static final Path PAGE = Path.of("../../docs/properties.md");

	private static final String COMMAND = "./mvnw -q -pl integration-tests/documentation -am test -Dtest=PropertiesPageTests"
			+ " -Dsurefire.failIfNoSpecifiedTests=false -Dwrite.pages=true";

	/** The keys without a default, and what is so without them. */
	private static final Map<String, String> NO_DEFAULT = Map.ofEntries(
			Map.entry("progress.sse.cors.allowed-origins", "no origin"),
			Map.entry("progress.sse.executor.bean", "threads of its own"),
			Map.entry("progress.sse.limits.streams", "depends on the server"),
			Map.entry("progress.sse.node", "depends on the host"),
			Map.entry("progress.sse.order", "depends on the stack"),
			Map.entry("progress.sse.routes", "no additional stream"),
			Map.entry("progress.sse.webhooks.header", "clients name no URL"),
			Map.entry("progress.sse.webhooks.secrets", "must be set"),
			Map.entry("progress.sse.webhooks.url", "only URLs of jobs"),
			Map.entry("management.endpoint.progress.roles", "all users"),
			Map.entry("progress.sse.batch.exclude", "no job"), Map.entry("progress.sse.batch.names", "their own names"),
			Map.entry("progress.sse.batch.owner-parameter", "the caller"),
			Map.entry("progress.sse.batch.parameters", "none"));

	/** A row of a table that begins with keys and their defaults. */
	private static final Pattern ROW = Pattern.compile("^\\| (`[^|]+`) \\| (`[^|]+`) \\|");

	/** The head of a table whose rows leave out what all keys begin with. */
	private static final Pattern HEAD = Pattern.compile("^\\| `(progress\\.sse\\.[a-z.]*)` \\| default");

	private static final Pattern WORD = Pattern.compile("`([^`]+)`");

	@Test
	void thePageOfAllKeysIsWhatTheMetadataSays() throws IOException {
		if (Boolean.getBoolean("write.pages")) {
			Files.writeString(PAGE, PropertiesPage.text());
		}
		assertThat(PropertiesPage.text()).as("a row without a meaning").doesNotContain("|  |\n");
		assertThat(Snippet.read(PAGE)).as("docs/properties.md is not what the metadata says. Write it: " + COMMAND)
			.isEqualTo(PropertiesPage.text());
	}

	@Test
	void everyKeyHasADescriptionInTheWordsOfSpringBoot() {
		assertThat(Setting.ours()).hasSizeGreaterThan(70)
			.allSatisfy((setting) -> assertThat(setting.description()).as(setting.name())
				.endsWith(".")
				.doesNotStartWith("The ")
				.doesNotStartWith("A "));
	}

	@Test
	void everyListSaysHowItIsWritten() {
		assertThat(Setting.ours()).filteredOn((setting) -> setting.type().matches("java\\.util\\.(List|Set)<.*"))
			.hasSizeGreaterThan(3)
			.allSatisfy((setting) -> assertThat(setting.description()).as(setting.name())
				.startsWith("Comma-separated list of "));
	}

	@Test
	void everyKeyHasADefaultOrAReason() {
		assertThat(Setting.ours()).filteredOn((setting) -> setting.defaultValue().isEmpty())
			.extracting(Setting::name)
			.containsExactlyInAnyOrderElementsOf(NO_DEFAULT.keySet());
	}

	@Test
	void everyDefaultInATableIsThatOfTheCode() {
		Map<String, String> defaults = Setting.ours()
			.stream()
			.collect(Collectors.toMap(Setting::name, Setting::defaultValue));
		List<Stated> stated = Snippet.pages()
			.stream()
			.flatMap((page) -> stated(page).stream())
			.filter((each) -> !each.page().endsWith("properties.md") && defaults.containsKey(each.key()))
			.toList();
		assertThat(stated).hasSizeGreaterThan(25)
			.allSatisfy((each) -> assertThat(each.value()).as(each.toString()).isEqualTo(defaults.get(each.key())));
	}

	@Test
	void editorsOfferTheFormatsAndThePolicies() {
		Set<String> formats = new ProgressEventFormats(List.of()).names();
		assertThat(hint("progress.sse.format")).isEqualTo(formats);
		assertThat(hint("progress.sse.routes.*.format")).isEqualTo(formats);
		assertThat(hint("progress.sse.on-stale-id")).isEqualTo(Stream.of(WebSettings.OnStaleId.values())
			.map((policy) -> policy.name().toLowerCase(Locale.ROOT))
			.collect(Collectors.toCollection(TreeSet::new)));
		assertThat(hint("progress.sse.job-id-header")).contains("X-Job-Id");
		assertThat(hint("progress.sse.webhooks.header")).isNotEmpty();
	}

	private static List<Stated> stated(Path page) {
		List<Stated> stated = new ArrayList<>();
		String prefix = "";
		for (String line : Snippet.read(page).lines().toList()) {
			Matcher head = HEAD.matcher(line);
			prefix = head.find() ? head.group(1) : line.startsWith("|") ? prefix : "";
			Matcher row = ROW.matcher(line);
			if (row.find()) {
				List<String> keys = words(row.group(1));
				List<String> values = words(row.group(2));
				for (int i = 0; i < keys.size(); i++) {
					stated.add(new Stated(Snippet.name(page), prefix + keys.get(i),
							values.get(Math.min(i, values.size() - 1))));
				}
			}
		}
		return stated;
	}

	private static List<String> words(String text) {
		return WORD.matcher(text).results().map((word) -> word.group(1)).toList();
	}

	private static Set<String> hint(String key) {
		return Setting.metadata()
			.stream()
			.flatMap((metadata) -> StreamSupport.stream(metadata.path("hints").spliterator(), false))
			.filter((hint) -> hint.get("name").asString().equals(key))
			.flatMap((hint) -> StreamSupport.stream(hint.path("values").spliterator(), false))
			.map((JsonNode value) -> value.get("value").asString())
			.collect(Collectors.toSet());
	}

	/**
	 * A default in a table.
	 *
	 * @param page where it is
	 * @param key its key
	 * @param value the default
	 */
	private record Stated(String page, String key, String value) {

	}

}
