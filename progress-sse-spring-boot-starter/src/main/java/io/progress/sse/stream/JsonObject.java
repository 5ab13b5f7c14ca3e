package io.progress.sse.stream;

import java.util.LinkedHashMap;

import org.jspecify.annotations.Nullable;

/**
 * A JSON object whose members stay in order.
 */
final class JsonObject extends LinkedHashMap<String, @Nullable Object> {

	private static final long serialVersionUID = 1L;

	/** Enough for the members of most events. */
	private static final int CAPACITY = 32;

	JsonObject() {
		super(CAPACITY);
	}

	JsonObject with(String name, @Nullable Object value) {
		put(name, value);
		return this;
	}

	void putIfKnown(String name, @Nullable Object value) {
		if (value != null) {
			put(name, value);
		}
	}

	byte[] bytes() {
		return PlainJson.bytes(this);
	}

}
