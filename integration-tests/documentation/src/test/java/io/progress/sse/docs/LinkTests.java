package io.progress.sse.docs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Follows the links from page to page, to files of the repository, and to headings.
 */
class LinkTests {

	private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");

	private static final Pattern CODE = Pattern.compile("^```.*?^```$|`[^`\\n]*`", Pattern.MULTILINE | Pattern.DOTALL);

	private static final Pattern CODE_BLOCK = Pattern.compile("^```.*?^```$", Pattern.MULTILINE | Pattern.DOTALL);

	private static final Pattern HEADING = Pattern.compile("^#+ (.+)$", Pattern.MULTILINE);

	private final Map<Path, Set<String>> headings = new ConcurrentHashMap<>();

	@Test
	void eachLinkLeadsSomewhere() {
		List<String> links = Stream.concat(Snippet.pages().stream(), Stream.of(Path.of("../../docs/llms.txt")))
			.flatMap(this::links)
			.toList();
		assertThat(links).hasSizeGreaterThan(100).filteredOn((link) -> link.startsWith("dead")).isEmpty();
	}

	@Test
	void eachPageIsInTheIndex() {
		String index = Snippet.read(Path.of("../../docs/README.md"));
		assertThat(Snippet.pages()).filteredOn((page) -> page.toString().contains("docs"))
			.extracting((page) -> page.getFileName().toString())
			.filteredOn((name) -> !name.equals("README.md") && !index.contains("](" + name + ")"))
			.isEmpty();
	}

	@Test
	void eachPageIsInTheMenuOfTheSite() {
		String menu = Snippet.read(Path.of("../../docs/site/.vitepress/config.js"));
		assertThat(Snippet.pages()).filteredOn((page) -> page.toString().contains("docs"))
			.extracting((page) -> page.getFileName().toString().replace(".md", ""))
			.filteredOn((name) -> !name.equals("README") && !menu.contains("'" + name + "')"))
			.isEmpty();
	}

	private Stream<String> links(Path page) {
		return LINK.matcher(CODE.matcher(Snippet.read(page)).replaceAll(""))
			.results()
			.map((result) -> result.group(1))
			.filter((link) -> !link.matches("[a-z]+:.*"))
			.map((link) -> (leadsSomewhere(page, link) ? "good " : "dead ") + Snippet.name(page) + " -> " + link);
	}

	private boolean leadsSomewhere(Path page, String link) {
		int hash = link.indexOf('#');
		String file = (hash < 0) ? link : link.substring(0, hash);
		Path target = file.isEmpty() ? page : page.resolveSibling(file).normalize();
		return Files.exists(target) && (hash < 0 || headings(target).contains(link.substring(hash + 1)));
	}

	/** The anchors that GitHub makes of headings. */
	private Set<String> headings(Path page) {
		return this.headings.computeIfAbsent(page,
				(each) -> HEADING.matcher(CODE_BLOCK.matcher(Snippet.read(each)).replaceAll(""))
					.results()
					.map((result) -> result.group(1)
						.toLowerCase(Locale.ROOT)
						.replaceAll("[^\\p{L}\\p{N} _-]", "")
						.replace(' ', '-'))
					.collect(Collectors.toSet()));
	}

}
