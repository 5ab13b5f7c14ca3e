package io.progress.sse.redis;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.ByteArrayBuilder;

/**
 * Reads and writes plain values as JSON. It works token by token and has no mapper,
 * because Spring would use a mapper on the class path for the application's own JSON.
 */
final class Json {

	private static final JsonFactory JSON = new JsonFactory();

	private Json() {
	}

	/**
	 * Writes a value.
	 * @throws IllegalArgumentException if a part of it is not a plain value, or is a text
	 * that is not valid Unicode
	 */
	static byte[] write(Map<String, ?> object) {
		try (ByteArrayBuilder out = new ByteArrayBuilder()) {
			try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
				write(object, json);
			}
			return out.toByteArray();
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("The value must be writable as JSON, but is not", ex);
		}
	}

	private static void write(@Nullable Object value, JsonGenerator json) {
		if (value == null) {
			json.writeNull();
		}
		else if (value instanceof String text) {
			json.writeString(text);
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
				json.writeName(String.valueOf(name));
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
			throw notPlain(value);
		}
	}

	private static void write(Number number, JsonGenerator json) {
		if (number instanceof Integer || number instanceof Long || number instanceof Short || number instanceof Byte) {
			json.writeNumber(number.longValue());
		}
		else if (number instanceof Double) {
			json.writeNumber(number.doubleValue());
		}
		else if (number instanceof Float) {
			json.writeNumber(number.floatValue());
		}
		else if (number instanceof BigDecimal decimal) {
			json.writeNumber(decimal);
		}
		else if (number instanceof BigInteger integer) {
			json.writeNumber(integer);
		}
		else {
			throw notPlain(number);
		}
	}

	private static IllegalArgumentException notPlain(Object value) {
		return new IllegalArgumentException(
				"The value must be plain JSON (text, number, boolean, null, list, map), but holds a "
						+ value.getClass().getName());
	}

	/**
	 * Parses an object. Its fractions are {@code BigDecimal}s, its maps and lists can be
	 * changed.
	 * @throws IllegalArgumentException if it is not exactly one JSON object
	 */
	static Map<String, @Nullable Object> read(byte[] bytes) {
		try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), bytes)) {
			if (json.nextToken() != JsonToken.START_OBJECT) {
				throw new IllegalArgumentException("It must be a JSON object, but begins with " + json.currentToken());
			}
			Map<String, @Nullable Object> object = object(json);
			if (json.nextToken() != null) {
				throw new IllegalArgumentException("It must be one JSON object, but more text follows");
			}
			return object;
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("It must be JSON, but is not", ex);
		}
	}

	private static @Nullable Object value(JsonParser json) {
		return switch (json.currentToken()) {
			case START_OBJECT -> object(json);
			case START_ARRAY -> array(json);
			case VALUE_STRING -> json.getString();
			case VALUE_NUMBER_INT -> json.getNumberValue();
			case VALUE_NUMBER_FLOAT -> json.getDecimalValue();
			case VALUE_TRUE -> true;
			case VALUE_FALSE -> false;
			default -> null;
		};
	}

	private static Map<String, @Nullable Object> object(JsonParser json) {
		Map<String, @Nullable Object> members = new LinkedHashMap<>();
		for (String name = json.nextName(); name != null; name = json.nextName()) {
			json.nextToken();
			members.put(name, value(json));
		}
		return members;
	}

	private static List<@Nullable Object> array(JsonParser json) {
		List<@Nullable Object> elements = new ArrayList<>();
		while (json.nextToken() != JsonToken.END_ARRAY) {
			elements.add(value(json));
		}
		return elements;
	}

}
