package io.progress.sse.engine;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.progress.sse.support.Texts;

/**
 * A plain JSON value: checked, copied and measured once. Every store and every format can
 * write it.
 *
 * @param value the value, unmodifiable, with clean texts
 * @param size how many bytes of JSON it has
 */
record JsonValue(@Nullable Object value, int size) {

	/** Largest size of a job's data, and of its result, in bytes of JSON. */
	static final int MAX_SIZE = 16 * 1024;

	private static final int MAX_DEPTH = 32;

	/** Most digits of a number that JSON parsers accept by default. */
	private static final int MAX_DIGITS = 1000;

	/**
	 * Copies a value.
	 * @throws IllegalArgumentException if a part of it is no plain JSON value, or if it
	 * is nested too deep or too large
	 */
	static JsonValue of(@Nullable Object value) {
		Copier copier = new Copier();
		Object copy = copier.copy(value, 0);
		return new JsonValue(copy, copier.size);
	}

	/**
	 * Returns how many bytes a text takes as JSON.
	 */
	static int size(String text) {
		int size = 2;
		for (int i = 0; i < text.length() && size <= MAX_SIZE; i++) {
			size += size(text.charAt(i));
		}
		return size;
	}

	private static int size(char c) {
		if (c < 0x20) {
			return 6;
		}
		if (c < 0x80) {
			return (c == '"' || c == '\\') ? 2 : 1;
		}
		return (c < 0x800 || Character.isSurrogate(c)) ? 2 : 3;
	}

	/**
	 * Stops as soon as the limit is reached, because a value may be endless, such as a
	 * list that contains itself.
	 */
	private static final class Copier {

		private int size;

		private @Nullable Object copy(@Nullable Object value, int depth) {
			if (depth > MAX_DEPTH) {
				throw new IllegalArgumentException("'value' must not be nested deeper than " + MAX_DEPTH);
			}
			if (value instanceof CharSequence || value instanceof Character || value instanceof Enum) {
				return text(value.toString());
			}
			if (value instanceof Map<?, ?> map) {
				Map<String, @Nullable Object> copy = new LinkedHashMap<>();
				grow(2);
				map.forEach((key, element) -> {
					grow(2);
					copy.put(text(String.valueOf(key)), copy(element, depth + 1));
				});
				return Collections.unmodifiableMap(copy);
			}
			if (value instanceof Collection<?> collection) {
				List<@Nullable Object> copy = new ArrayList<>();
				grow(2);
				collection.forEach((element) -> {
					grow(1);
					copy.add(copy(element, depth + 1));
				});
				return Collections.unmodifiableList(copy);
			}
			return scalar(value);
		}

		private @Nullable Object scalar(@Nullable Object value) {
			if (value instanceof Double || value instanceof Float) {
				if (!Double.isFinite(((Number) value).doubleValue())) {
					throw new IllegalArgumentException("'value' must be a finite number, but holds " + value);
				}
			}
			else if (!(value == null || value instanceof Boolean || value instanceof Integer || value instanceof Long
					|| value instanceof Short || value instanceof Byte || value instanceof BigInteger
					|| value instanceof BigDecimal)) {
				throw new IllegalArgumentException(
						"'value' must be a plain JSON value (text, number, boolean, null, list, map), but holds a "
								+ value.getClass().getName());
			}
			int length = String.valueOf(value).length();
			if (length > MAX_DIGITS) {
				throw new IllegalArgumentException(
						"'value' must be a number of at most " + MAX_DIGITS + " digits, but has " + length);
			}
			grow(length);
			return value;
		}

		private String text(String text) {
			grow(JsonValue.size(text));
			return Texts.clean(text);
		}

		private void grow(int by) {
			this.size += by;
			if (this.size > MAX_SIZE) {
				throw new IllegalArgumentException("'value' must have at most " + MAX_SIZE + " bytes as JSON");
			}
		}

	}

}
