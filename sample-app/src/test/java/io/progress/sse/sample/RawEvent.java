package io.progress.sse.sample;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * An event as it is on the line.
 *
 * @param lines its lines, and those of frames without data before it
 */
public record RawEvent(List<String> lines) {

	/**
	 * The value of a field, the last one as in a browser; {@code null} if there is none.
	 */
	public @Nullable String field(String name) {
		return this.lines.stream()
			.filter((line) -> line.startsWith(name + ":"))
			.map((line) -> line.substring(name.length() + (line.startsWith(name + ": ") ? 2 : 1)))
			.reduce((first, second) -> second)
			.orElse(null);
	}

	public @Nullable String name() {
		return field("event");
	}

	public @Nullable String id() {
		return field("id");
	}

	public @Nullable String data() {
		return field("data");
	}

	public Map<?, ?> json() {
		return JsonMapper.shared().readValue(data(), Map.class);
	}

	public @Nullable Object get(String member) {
		return json().get(member);
	}

}
