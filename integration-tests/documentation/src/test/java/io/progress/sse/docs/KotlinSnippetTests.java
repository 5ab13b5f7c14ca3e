package io.progress.sse.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Looks for the Kotlin blocks of the pages in the module that compiles Kotlin.
 */
class KotlinSnippetTests {

	@Test
	void eachBlockIsCompiledElsewhere() {
		String sources = sources();
		assertThat(Snippet.in("kotlin")).isNotEmpty()
			.allSatisfy((snippet) -> assertThat(sources).as(snippet.toString()).contains(lines(snippet.text())));
	}

	private static String sources() {
		try (Stream<Path> files = Files.walk(Path.of("../kotlin/src"))) {
			List<Path> kotlin = files.filter((file) -> file.toString().endsWith(".kt")).toList();
			return kotlin.stream().map(Snippet::read).map(KotlinSnippetTests::lines).collect(Collectors.joining("\n"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Without the depth at which a block stands. */
	private static String lines(String text) {
		return text.lines().map(String::strip).collect(Collectors.joining("\n"));
	}

}
