package io.progress.sse.sample.process;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Knows how rare each term is, and weighs texts by it (TF-IDF): what a text says often
 * and others hardly say is what it is about.
 */
final class TermSpace {

	private static final Pattern NO_LETTERS = Pattern.compile("[^\\p{L}]+");

	private static final int SHORTEST = 3;

	private static final Set<String> STOP_WORDS = Set.of("about", "all", "and", "any", "are", "because", "before",
			"but", "can", "each", "for", "from", "had", "has", "have", "her", "how", "into", "its", "most", "more",
			"not", "nobody", "nothing", "one", "only", "other", "others", "our", "out", "she", "some", "than", "that",
			"the", "their", "them", "then", "there", "these", "they", "this", "too", "two", "until", "was", "what",
			"when", "where", "which", "who", "whose", "will", "with", "you");

	private final Map<String, Double> rarity = new HashMap<>();

	private final double unknown;

	TermSpace(List<String> texts) {
		Map<String, Long> occurrences = texts.stream()
			.flatMap((text) -> terms(text).stream().distinct())
			.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
		occurrences.forEach((term, count) -> this.rarity.put(term, Math.log((1.0 + texts.size()) / count)));
		this.unknown = Math.log(1.0 + texts.size());
	}

	Vector weigh(String text) {
		Map<String, Double> weights = terms(text).stream()
			.collect(Collectors.toMap(Function.identity(), (term) -> this.rarity.getOrDefault(term, this.unknown),
					Double::sum));
		return Vector.of(weights);
	}

	private static List<String> terms(String text) {
		return NO_LETTERS.splitAsStream(text.toLowerCase(Locale.ROOT))
			.filter((word) -> word.length() >= SHORTEST && !STOP_WORDS.contains(word))
			.map(TermSpace::singular)
			.toList();
	}

	private static String singular(String word) {
		return (word.length() > SHORTEST && word.endsWith("s") && !word.endsWith("ss"))
				? word.substring(0, word.length() - 1) : word;
	}

}
