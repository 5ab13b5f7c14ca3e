package io.progress.sse.actuate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.Sanitizer;

/**
 * Decides what is shown of a job. Numbers, states and job names are always shown. Ids,
 * owners and all texts of workers or users are values, which are hidden or shown by the
 * same rules as in Spring Boot's other endpoints.
 */
final class ShownValues {

	private static final Set<String> ALWAYS = Set.of("job", "state", "attempt", "progress", "completed", "total",
			"ratePerSecond", "etaMs", "stalled", "coalesced", "note.level", "error.code", "durationMs", "createdAt",
			"occurredAt", "leaseMs", "here", "viewers");

	private final Sanitizer sanitizer;

	/**
	 * Creates the rule.
	 * @param sanitizer hides values
	 */
	ShownValues(Sanitizer sanitizer) {
		this.sanitizer = sanitizer;
	}

	/**
	 * Returns a job's members with hidden or visible values.
	 * @param members the members
	 * @param showValues whether the caller may see values
	 * @return the same members; hidden objects keep the names of their members
	 */
	Map<String, @Nullable Object> of(Map<String, ? extends @Nullable Object> members, boolean showValues) {
		return shownMembers("", members, showValues);
	}

	private Map<String, @Nullable Object> shownMembers(String prefix, Map<?, ? extends @Nullable Object> members,
			boolean showValues) {
		Map<String, @Nullable Object> shown = new LinkedHashMap<>();
		members.forEach((name, value) -> shown.put(String.valueOf(name), shown(prefix + name, value, showValues)));
		return shown;
	}

	private @Nullable Object shown(String key, @Nullable Object value, boolean showValues) {
		if (ALWAYS.contains(key)) {
			return value;
		}
		if (value instanceof Map<?, ?> members) {
			return shownMembers(key + ".", members, showValues);
		}
		if (value instanceof List<?> elements && showValues) {
			return elements.stream().map((each) -> shown(key, each, true)).toList();
		}
		return this.sanitizer.sanitize(new SanitizableData(null, key, value), showValues);
	}

}
