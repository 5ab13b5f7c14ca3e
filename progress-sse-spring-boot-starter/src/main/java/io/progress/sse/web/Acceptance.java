package io.progress.sse.web;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;

/**
 * The media types that a client accepts, as in
 * <a href= "https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1">RFC 9110, 12.5.1</a>:
 * of all ranges that match a type, the most specific one decides its quality; 0 means
 * refused.
 */
final class Acceptance {

	private static final Comparator<MediaType> SPECIFICITY = Comparator.comparing(MediaType::isWildcardType)
		.thenComparing(MediaType::isWildcardSubtype)
		.thenComparingLong(Acceptance::parameters);

	private final List<MediaType> ranges;

	/**
	 * Creates an acceptance.
	 * @param ranges the media ranges that the client sent; empty for all
	 */
	Acceptance(List<MediaType> ranges) {
		this.ranges = ranges.isEmpty() ? List.of(MediaType.ALL) : ranges;
	}

	/**
	 * Returns the type with the highest quality. Of several, the one that the client
	 * named first; of those that it did not name, the first offered one.
	 * @return the type; {@code null} if no type is acceptable
	 */
	@Nullable MediaType best(Collection<MediaType> offered) {
		MediaType best = null;
		MediaType bestRange = null;
		for (MediaType type : offered) {
			MediaType range = range(type);
			if (range != null && range.getQualityValue() > 0 && (bestRange == null || isBetter(range, bestRange))) {
				best = type;
				bestRange = range;
			}
		}
		return best;
	}

	private @Nullable MediaType range(MediaType type) {
		return this.ranges.stream().filter((range) -> range.isCompatibleWith(type)).min(SPECIFICITY).orElse(null);
	}

	private boolean isBetter(MediaType range, MediaType other) {
		int quality = Double.compare(range.getQualityValue(), other.getQualityValue());
		return quality > 0 || (quality == 0 && this.ranges.indexOf(range) < this.ranges.indexOf(other));
	}

	/**
	 * The offered types have no parameters, so a range with parameters matches last.
	 */
	private static long parameters(MediaType range) {
		return range.getParameters()
			.keySet()
			.stream()
			.filter((name) -> !name.equals("q") && !name.equals("charset"))
			.count();
	}

}
