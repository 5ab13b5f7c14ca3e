package io.progress.sse.sample.process;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How much each term matters to a text: a direction in the space of terms, of length 1.
 *
 * @param weights the terms that matter
 */
record Vector(Map<String, Double> weights) {

	static Vector of(Map<String, Double> weights) {
		double length = Math.sqrt(weights.values().stream().mapToDouble((weight) -> weight * weight).sum());
		Map<String, Double> unit = new HashMap<>();
		weights.forEach((term, weight) -> unit.put(term, weight / length));
		return new Vector(unit);
	}

	/** The direction in which some vectors point together. */
	static Vector mean(Collection<Vector> vectors) {
		Map<String, Double> sum = new HashMap<>();
		vectors.forEach((vector) -> vector.weights.forEach((term, weight) -> sum.merge(term, weight, Double::sum)));
		return of(sum);
	}

	/** The cosine of the angle between two vectors: 0 if they have no term in common. */
	double similarity(Vector other) {
		return this.weights.entrySet()
			.stream()
			.mapToDouble((each) -> each.getValue() * other.weights.getOrDefault(each.getKey(), 0.0))
			.sum();
	}

	List<String> topTerms(int count) {
		return this.weights.entrySet()
			.stream()
			.sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
				.thenComparing(Map.Entry.comparingByKey()))
			.limit(count)
			.map(Map.Entry::getKey)
			.toList();
	}

}
