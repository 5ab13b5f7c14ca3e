package io.progress.sse.sample.process;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What some pages have in common.
 *
 * @param terms the words that matter most to them
 * @param pages their paths
 * @param sentence the sentence of theirs that says it best
 */
record Topic(List<String> terms, List<String> pages, String sentence) {

	private static final int TERMS = 5;

	private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?])\\s+");

	static Topic of(Vector centre, List<Page> pages, TermSpace space) {
		String best = pages.stream()
			.flatMap((page) -> SENTENCE_END.splitAsStream(page.text()))
			.max(Comparator.comparingDouble((sentence) -> space.weigh(sentence).similarity(centre)))
			.orElse("");
		return new Topic(centre.topTerms(TERMS), pages.stream().map(Page::path).toList(), best);
	}

	String summary() {
		return "%d pages about %s: %s".formatted(this.pages.size(), String.join(", ", this.terms.subList(0, 2)),
				this.sentence);
	}

	Map<String, Object> toMap() {
		return Map.of("terms", this.terms, "pages", this.pages, "sentence", this.sentence);
	}

}
