package io.progress.sse.jackson;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.function.SingletonSupplier;

import io.progress.sse.ProgressDataMapper;
import io.progress.sse.event.Decimals;

/**
 * Turns objects into plain values as the application's own {@code JsonMapper} would write
 * them: its naming, its modules, its mix-ins. Writing stops at 64 KB of JSON, so that a
 * value that is much too large costs a bounded amount of memory. No digit of a number is
 * lost; a number that is not finite is refused rather than written as a text.
 */
final class JacksonDataMapper implements ProgressDataMapper {

	private final Supplier<JsonMapper> mapper;

	/**
	 * Creates the mapper.
	 * @param mapper the application's mapper
	 */
	JacksonDataMapper(JsonMapper mapper) {
		this.mapper = SingletonSupplier.of(() -> mapper.rebuild()
			.disable(SerializationFeature.INDENT_OUTPUT)
			.disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
			.build());
	}

	@Override
	public @Nullable Object toPlain(@Nullable Object value) {
		if (value == null || value instanceof String || value instanceof Boolean || value instanceof Integer
				|| value instanceof Long) {
			return value;
		}
		try {
			BoundedOutput json = new BoundedOutput();
			this.mapper.get().writeValue(json, value);
			return Decimals.narrow(Plain.MAPPER.readValue(json.toByteArray(), Object.class));
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("'value' must be an object that can be written as JSON, but is a "
					+ value.getClass().getName() + ": " + ex.getOriginalMessage(), ex);
		}
	}

	/** A class of its own, so that it is made for the first object only. */
	private static final class Plain {

		static final JsonMapper MAPPER = JsonMapper.builder()
			.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
			.enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
			.build();

		private Plain() {
		}

	}

}
