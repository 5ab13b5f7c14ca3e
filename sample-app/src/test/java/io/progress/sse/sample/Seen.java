package io.progress.sse.sample;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.http.codec.ServerSentEvent;

/**
 * An event as a viewer has seen it.
 *
 * @param id its id
 * @param name its name
 * @param data its JSON
 * @param at when it was seen
 */
public record Seen(String id, String name, Map<String, Object> data, Instant at) {

	public static Seen now(ServerSentEvent<Map<String, Object>> event) {
		return new Seen(Objects.requireNonNull(event.id()), Objects.requireNonNull(event.event()),
				Objects.requireNonNull(event.data()), Instant.now());
	}

	public @Nullable Object get(String field) {
		return this.data.get(field);
	}

	public @Nullable Object get(String field, String subfield) {
		return (get(field) instanceof Map<?, ?> object) ? object.get(subfield) : null;
	}

	/** Position within the job. */
	public long number() {
		return Long.parseLong(this.id.substring(this.id.indexOf('-') + 1));
	}

	public Instant occurredAt() {
		return Instant.parse(String.valueOf(get("occurredAt")));
	}

}
