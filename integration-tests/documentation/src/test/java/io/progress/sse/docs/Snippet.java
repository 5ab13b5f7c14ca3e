package io.progress.sse.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A fenced block of a page.
 *
 * @param page the path of the page in the repository
 * @param line the number of its first line
 * @param language the word behind the fence
 * @param given the text of the comment {@code <!-- given: … -->} above the block; empty
 * without one
 * @param text the block
 */
record Snippet(String page, int line, String language, String given, String text) {

	private static final Path ROOT = Path.of("../..");

	private static final Pattern BLOCK = Pattern
		.compile("(?:<!-- given:((?:(?!-->).)*)-->\\n)?^```([a-z]+)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

	/** Returns the README and all pages of the folder {@code docs}. */
	static List<Path> pages() {
		try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
			return Stream.concat(Stream.of(ROOT.resolve("README.md")), docs)
				.filter((page) -> page.toString().endsWith(".md"))
				.sorted()
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Returns the blocks of some languages. */
	static List<Snippet> in(String... languages) {
		return pages().stream()
			.flatMap((page) -> blocks(page).stream())
			.filter((block) -> List.of(languages).contains(block.language))
			.toList();
	}

	private static List<Snippet> blocks(Path page) {
		String text = read(page);
		List<Snippet> blocks = new ArrayList<>();
		Matcher block = BLOCK.matcher(text);
		while (block.find()) {
			int line = (int) text.substring(0, block.start(3)).lines().count() + 1;
			String given = (block.group(1) != null) ? block.group(1).strip() : "";
			blocks.add(new Snippet(name(page), line, block.group(2), given, block.group(3)));
		}
		return blocks;
	}

	static String name(Path page) {
		return ROOT.relativize(page).toString().replace('\\', '/');
	}

	static String read(Path page) {
		try {
			return Files.readString(page);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public String toString() {
		return this.page + ":" + this.line;
	}

}
