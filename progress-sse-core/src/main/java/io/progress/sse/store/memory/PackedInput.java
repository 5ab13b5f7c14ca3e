package io.progress.sse.store.memory;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Reads what a {@link PackedOutput} has written, from the beginning. The lists and maps
 * that it returns are unmodifiable.
 */
final class PackedInput {

	private final byte[] bytes;

	private final Object[] others;

	private int place;

	PackedInput(byte[] bytes, Object[] others) {
		this.bytes = bytes;
		this.others = others;
	}

	int fixedInt() {
		return (int) fixed(Integer.BYTES);
	}

	long number() {
		long read = 0;
		int shift = 0;
		byte next = this.bytes[this.place++];
		while (next < 0) {
			read |= (next & 0x7FL) << shift;
			shift += 7;
			next = this.bytes[this.place++];
		}
		read |= (long) next << shift;
		return (read >>> 1) ^ -(read & 1);
	}

	Duration duration() {
		return Duration.ofSeconds(number(), number());
	}

	@Nullable Object value() {
		byte type = this.bytes[this.place++];
		return switch (type) {
			case PackedType.NULL -> null;
			case PackedType.TRUE -> true;
			case PackedType.FALSE -> false;
			case PackedType.INTEGER -> (int) number();
			case PackedType.LONG -> number();
			case PackedType.DOUBLE -> Double.longBitsToDouble(fixed(Long.BYTES));
			case PackedType.TEXT -> text((int) number());
			case PackedType.WIDE_TEXT -> wideText((int) number());
			case PackedType.DURATION -> duration();
			case PackedType.LIST -> list((int) number());
			case PackedType.MAP -> map((int) number());
			case PackedType.OTHER -> this.others[(int) number()];
			default -> throw new IllegalStateException("'type' must be one of PackedType, but is " + type);
		};
	}

	private String text(int length) {
		String text = new String(this.bytes, this.place, length, StandardCharsets.ISO_8859_1);
		this.place += length;
		return text;
	}

	private String wideText(int length) {
		char[] text = new char[length];
		for (int i = 0; i < length; i++) {
			text[i] = (char) ((this.bytes[this.place++] << Byte.SIZE) | (this.bytes[this.place++] & 0xFF));
		}
		return new String(text);
	}

	private List<@Nullable Object> list(int size) {
		List<@Nullable Object> list = new ArrayList<>(size);
		for (int i = 0; i < size; i++) {
			list.add(value());
		}
		return Collections.unmodifiableList(list);
	}

	private Map<String, @Nullable Object> map(int size) {
		Map<String, @Nullable Object> map = new LinkedHashMap<>();
		for (int i = 0; i < size; i++) {
			map.put(String.valueOf(value()), value());
		}
		return Collections.unmodifiableMap(map);
	}

	private long fixed(int count) {
		long read = 0;
		for (int i = 0; i < count; i++) {
			read |= (this.bytes[this.place++] & 0xFFL) << (i * Byte.SIZE);
		}
		return read;
	}

}
