package io.progress.sse.stream.frame;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;

import io.progress.sse.support.Texts;

/**
 * Writes plain values as JSON on one line. It does not use the application's mapper,
 * because its settings (names, indentation) are for the application's own objects.
 */
public final class PlainJson {

	private static final JsonFactory JSON = JsonFactory.builder()
		.recyclerPool(JsonRecyclerPools.threadLocalPool())
		.enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
		.build();

	private PlainJson() {
	}

	/**
	 * Writes a value.
	 * @param value {@code null}, text, a {@code Boolean}, a {@code Number}, or a
	 * collection or map of these; numbers that are not finite become {@code null}, lone
	 * surrogates become U+FFFD
	 * @return JSON in UTF-8, without any line break, also of Unicode
	 * @throws IllegalArgumentException if it contains a value that is not plain
	 * @throws tools.jackson.core.JacksonException if it is nested too deeply
	 */
	public static byte[] bytes(@Nullable Object value) {
		FrameBuffer out = new FrameBuffer();
		write(value, out);
		out.makeOneLine(0);
		return out.toByteArray();
	}

	/**
	 * Writes a value, which may contain Unicode line breaks.
	 * @param out gets the JSON; if this fails it may hold a part of it
	 * @see #bytes
	 */
	public static void write(@Nullable Object value, FrameBuffer out) {
		try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
			write(value, json);
		}
	}

	private static void write(@Nullable Object value, JsonGenerator json) {
		if (value == null) {
			json.writeNull();
		}
		else if (value instanceof String text) {
			json.writeString(Texts.clean(text));
		}
		else if (value instanceof Boolean flag) {
			json.writeBoolean(flag);
		}
		else if (value instanceof Number number) {
			write(number, json);
		}
		else if (value instanceof Map<?, ?> map) {
			json.writeStartObject();
			map.forEach((name, each) -> {
				json.writeName(Texts.clean(String.valueOf(name)));
				write(each, json);
			});
			json.writeEndObject();
		}
		else if (value instanceof Collection<?> values) {
			json.writeStartArray();
			values.forEach((each) -> write(each, json));
			json.writeEndArray();
		}
		else {
			throw new IllegalArgumentException("A format's 'data' must be plain JSON values, but contains a "
					+ value.getClass().getName() + "; turn it into a map, a list, text or a number");
		}
	}

	private static void write(Number number, JsonGenerator json) {
		if (number instanceof Integer || number instanceof Long || number instanceof Short || number instanceof Byte) {
			json.writeNumber(number.longValue());
		}
		else if (number instanceof BigInteger integer) {
			json.writeNumber(integer);
		}
		else if (number instanceof BigDecimal decimal) {
			json.writeNumber(decimal);
		}
		else if (!Double.isFinite(number.doubleValue())) {
			json.writeNull();
		}
		else if (number instanceof Float) {
			json.writeNumber(number.floatValue());
		}
		else {
			json.writeNumber(number.doubleValue());
		}
	}

}
