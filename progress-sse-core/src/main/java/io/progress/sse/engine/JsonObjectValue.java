package io.progress.sse.engine;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Plain JSON values by key, with a bounded total size.
 */
final class JsonObjectValue {

	private final Map<String, JsonValue> values = new LinkedHashMap<>();

	private int size = 2;

	boolean isEmpty() {
		return this.values.isEmpty();
	}

	/**
	 * Puts a value, unless the total size would become too large. The JSON {@code null}
	 * removes the key.
	 * @return whether there was room
	 */
	boolean put(String key, JsonValue value) {
		JsonValue before = this.values.get(key);
		int size = this.size - ((before != null) ? cost(key, before) : 0);
		if (value.value() == null) {
			this.values.remove(key);
		}
		else {
			size += cost(key, value);
			if (size > JsonValue.MAX_SIZE) {
				return false;
			}
			this.values.put(key, value);
		}
		this.size = size;
		return true;
	}

	boolean contains(String key) {
		return this.values.containsKey(key);
	}

	/**
	 * Returns the values, in the order in which their keys were first put.
	 * @return a copy
	 */
	Map<String, @Nullable Object> toMap() {
		Map<String, @Nullable Object> map = new LinkedHashMap<>();
		this.values.forEach((key, value) -> map.put(key, value.value()));
		return map;
	}

	private static int cost(String key, JsonValue value) {
		return JsonValue.size(key) + value.size() + 2;
	}

}
