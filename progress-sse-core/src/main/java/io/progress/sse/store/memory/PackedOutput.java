package io.progress.sse.store.memory;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Writes values into an array that grows. A value takes one byte for its type, followed
 * by its content; a value of an unknown type is kept as an object in a separate list.
 */
final class PackedOutput {

	private byte[] bytes;

	private int length;

	private Object[] others = {};

	PackedOutput(int capacity) {
		this.bytes = new byte[capacity];
	}

	int length() {
		return this.length;
	}

	/**
	 * Returns what was written so far. It can be read while more is written.
	 */
	PackedInput input() {
		return new PackedInput(this.bytes, this.others);
	}

	/**
	 * Shrinks the array to its content.
	 */
	void trim() {
		this.bytes = Arrays.copyOf(this.bytes, this.length);
	}

	/**
	 * Removes everything after a length.
	 */
	void truncate(int length) {
		this.length = length;
	}

	/**
	 * Reserves room for a number that is written later.
	 * @return its position, for {@link #set}
	 */
	int skipInt() {
		reserve(Integer.BYTES);
		this.length += Integer.BYTES;
		return this.length - Integer.BYTES;
	}

	void set(int place, int number) {
		for (int i = 0; i < Integer.BYTES; i++) {
			this.bytes[place + i] = (byte) (number >>> (i * Byte.SIZE));
		}
	}

	/**
	 * Writes seven bits per byte, the lowest first. Small positive and negative numbers
	 * take few bytes.
	 */
	void number(long number) {
		reserve(10);
		long left = (number << 1) ^ (number >> 63);
		while ((left & ~0x7FL) != 0) {
			this.bytes[this.length++] = (byte) (left | 0x80);
			left >>>= 7;
		}
		this.bytes[this.length++] = (byte) left;
	}

	void duration(Duration duration) {
		number(duration.getSeconds());
		number(duration.getNano());
	}

	void value(@Nullable Object value) {
		if (value == null) {
			type(PackedType.NULL);
		}
		else if (value instanceof String text) {
			text(text);
		}
		else if (value instanceof Long number) {
			type(PackedType.LONG);
			number(number);
		}
		else if (value instanceof Double number) {
			type(PackedType.DOUBLE);
			fixed(Double.doubleToRawLongBits(number));
		}
		else if (value instanceof Integer number) {
			type(PackedType.INTEGER);
			number(number);
		}
		else if (value instanceof Boolean flag) {
			type(flag ? PackedType.TRUE : PackedType.FALSE);
		}
		else if (value instanceof Duration duration) {
			type(PackedType.DURATION);
			duration(duration);
		}
		else if (value instanceof Map<?, ?> map && map.keySet().stream().allMatch(String.class::isInstance)) {
			type(PackedType.MAP);
			number(map.size());
			map.forEach((key, each) -> {
				value(key);
				value(each);
			});
		}
		else if (value instanceof List<?> list) {
			type(PackedType.LIST);
			number(list.size());
			list.forEach(this::value);
		}
		else {
			other(value);
		}
	}

	/**
	 * Writes one byte per character, or two per character if one of them needs it. Unlike
	 * UTF-8 this keeps lone surrogates.
	 */
	private void text(String text) {
		int start = this.length;
		type(PackedType.TEXT);
		number(text.length());
		reserve(text.length());
		for (int i = 0; i < text.length(); i++) {
			char each = text.charAt(i);
			if (each > 0xFF) {
				this.length = start;
				wideText(text);
				return;
			}
			this.bytes[this.length++] = (byte) each;
		}
	}

	private void wideText(String text) {
		type(PackedType.WIDE_TEXT);
		number(text.length());
		reserve(Math.multiplyExact(text.length(), Character.BYTES));
		for (int i = 0; i < text.length(); i++) {
			char each = text.charAt(i);
			this.bytes[this.length++] = (byte) (each >>> Byte.SIZE);
			this.bytes[this.length++] = (byte) each;
		}
	}

	private void other(Object value) {
		int place = 0;
		while (place < this.others.length && this.others[place] != value) {
			place++;
		}
		if (place == this.others.length) {
			this.others = Arrays.copyOf(this.others, place + 1);
			this.others[place] = value;
		}
		type(PackedType.OTHER);
		number(place);
	}

	private void type(byte type) {
		reserve(1);
		this.bytes[this.length++] = type;
	}

	private void fixed(long number) {
		reserve(Long.BYTES);
		for (int i = 0; i < Long.BYTES; i++) {
			this.bytes[this.length++] = (byte) (number >>> (i * Byte.SIZE));
		}
	}

	private void reserve(int count) {
		if (this.bytes.length - this.length < count) {
			this.bytes = Arrays.copyOf(this.bytes, Math.max(Math.addExact(this.length, count), 2 * this.bytes.length));
		}
	}

}
