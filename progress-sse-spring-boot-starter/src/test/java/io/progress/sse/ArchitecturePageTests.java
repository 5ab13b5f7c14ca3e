package io.progress.sse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page about the architecture names types and packages that are there.
 */
class ArchitecturePageTests {

	private static final Path ROOT = Path.of("..");

	private static final Pattern TYPE = Pattern.compile("`([A-Z][A-Za-z]+)`");

	private static final Pattern PACKAGE = Pattern.compile("`(io\\.progress\\.sse[a-z.]*)`");

	@Test
	void namesTypesThatExist() throws IOException {
		assertThat(names(TYPE)).hasSizeGreaterThan(30).isSubsetOf(sources());
	}

	@Test
	void namesPackagesThatExist() throws IOException {
		Set<String> packages = files().map((file) -> ROOT.relativize(file.getParent()).toString().replace('/', '.'))
			.map((folder) -> folder.replaceFirst(".*\\.src\\.[a-z]+\\.java\\.", ""))
			.collect(Collectors.toSet());
		assertThat(names(PACKAGE)).hasSizeGreaterThan(8).isSubsetOf(packages);
	}

	private static Set<String> names(Pattern pattern) throws IOException {
		Set<String> names = new TreeSet<>();
		Matcher matcher = pattern.matcher(Files.readString(ROOT.resolve("docs/architecture.md")));
		while (matcher.find()) {
			names.add(matcher.group(1));
		}
		return names;
	}

	private static Set<String> sources() throws IOException {
		return files().map((file) -> file.getFileName().toString().replace(".java", "")).collect(Collectors.toSet());
	}

	private static Stream<Path> files() throws IOException {
		List<Path> modules;
		try (Stream<Path> folders = Files.list(ROOT)) {
			modules = folders.map((folder) -> folder.resolve("src")).filter(Files::isDirectory).toList();
		}
		List<Path> files = new ArrayList<>();
		for (Path module : modules) {
			try (Stream<Path> walk = Files.walk(module)) {
				walk.filter((file) -> file.toString().endsWith(".java")).forEach(files::add);
			}
		}
		return files.stream();
	}

}
