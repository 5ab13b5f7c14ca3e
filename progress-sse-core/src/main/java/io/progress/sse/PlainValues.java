package io.progress.sse;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Checks, copies and measures plain JSON values. What passes here can be written by every
 * store and every format.
 */
final class PlainValues {

	/** Most that the data, or the result, of a job may have, in characters of JSON. */
	static final int MAX_SIZE = 16 * 1024;

	private static final int MAX_DEPTH = 32;

	private PlainValues() {
	}

	/**
	 * An unmodifiable copy with clean texts.
	 * @throws IllegalArgumentException if a part of it is no plain JSON value, or it is
	 * too deep
	 */
	static @Nullable Object copy(@Nullable Object value) {
		return copy(value, 0);
	}

	private static @Nullable Object copy(@Nullable Object value, int depth) {
		if (depth > MAX_DEPTH) {
			throw new IllegalArgumentException("'value' must not be nested deeper than " + MAX_DEPTH);
		}
		if (value == null || value instanceof Boolean || value instanceof Integer || value instanceof Long
				|| value instanceof Short || value instanceof Byte || value instanceof BigInteger
				|| value instanceof BigDecimal) {
			return value;
		}
		if (value instanceof Double || value instanceof Float) {
			return finite((Number) value);
		}
		if (value instanceof CharSequence || value instanceof Character || value instanceof Enum) {
			return Texts.clean(value.toString());
		}
		if (value instanceof Map<?, ?> map) {
			Map<String, @Nullable Object> copy = new LinkedHashMap<>();
			map.forEach((key, element) -> copy.put(Texts.clean(String.valueOf(key)), copy(element, depth + 1)));
			return Collections.unmodifiableMap(copy);
		}
		if (value instanceof Collection<?> collection) {
			List<@Nullable Object> copy = new ArrayList<>(collection.size());
			collection.forEach((element) -> copy.add(copy(element, depth + 1)));
			return Collections.unmodifiableList(copy);
		}
		throw new IllegalArgumentException("'value' must be a plain JSON value (text, number, boolean, null, list, map)"
				+ ", but holds a " + value.getClass().getName());
	}

	private static Number finite(Number value) {
		if (!Double.isFinite(value.doubleValue())) {
			throw new IllegalArgumentException("'value' must be a finite number, but holds " + value);
		}
		return value;
	}

	/**
	 * About how many characters of JSON the value has.
	 */
	static int size(@Nullable Object value) {
		if (value instanceof String text) {
			return text.length() + 2;
		}
		if (value instanceof Map<?, ?> map) {
			int size = 2;
			for (Map.Entry<?, ?> entry : map.entrySet()) {
				size += size(entry.getKey()) + size(entry.getValue()) + 2;
			}
			return size;
		}
		if (value instanceof Collection<?> collection) {
			int size = 2;
			for (Object element : collection) {
				size += size(element) + 1;
			}
			return size;
		}
		return String.valueOf(value).length();
	}

}
