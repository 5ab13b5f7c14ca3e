package io.progress.sse.docs;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares the page of problem types with the code.
 */
class ProblemPageTests {

	private static final Pattern ROW = Pattern.compile("^\\| `([a-z-]+)` \\| (\\d{3}) \\|", Pattern.MULTILINE);

	private static final Pattern CONSTANT = Pattern
		.compile("[A-Z_]+\\(\"([a-z-]+)\",\\s+\"[^\"]+\",\\s+HttpStatus\\.(\\w+)\\)");

	@Test
	void hasEachTypeWithItsStatus() {
		Map<String, String> page = new TreeMap<>();
		ROW.matcher(Snippet.read(Path.of("../../docs/problems.md")))
			.results()
			.forEach((row) -> page.put(row.group(1), row.group(2)));
		Map<String, String> code = new TreeMap<>();
		CONSTANT
			.matcher(Snippet
				.read(Path.of("../../progress-sse-spring-boot-starter/src/main/java/io/progress/sse/web/Problem.java")))
			.results()
			.forEach((constant) -> code.put(constant.group(1),
					String.valueOf(HttpStatus.valueOf(constant.group(2)).value())));
		assertThat(code).hasSizeGreaterThan(20);
		assertThat(page).isEqualTo(code);
	}

}
