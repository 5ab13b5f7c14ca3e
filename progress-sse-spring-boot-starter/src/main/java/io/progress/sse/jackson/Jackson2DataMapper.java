package io.progress.sse.jackson;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.progress.sse.ProgressDataMapper;
import io.progress.sse.event.Decimals;

/**
 * Does the same as {@link JacksonDataMapper} with Jackson 2.
 */
final class Jackson2DataMapper implements ProgressDataMapper {

	private static final ObjectMapper PLAIN = JsonMapper.builder()
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
		.build();

	private final ObjectMapper mapper;

	/**
	 * Creates the mapper.
	 * @param mapper the application's mapper
	 */
	Jackson2DataMapper(ObjectMapper mapper) {
		this.mapper = mapper.copy()
			.disable(SerializationFeature.INDENT_OUTPUT)
			.configure(JsonWriteFeature.WRITE_NAN_AS_STRINGS.mappedFeature(), false);
	}

	@Override
	public @Nullable Object toPlain(@Nullable Object value) {
		if (value == null || value instanceof String || value instanceof Boolean || value instanceof Integer
				|| value instanceof Long) {
			return value;
		}
		try {
			BoundedOutput json = new BoundedOutput();
			this.mapper.writeValue(json, value);
			return Decimals.narrow(PLAIN.readValue(json.toByteArray(), Object.class));
		}
		catch (IOException ex) {
			throw new IllegalArgumentException("'value' must be an object that can be written as JSON, but is a "
					+ value.getClass().getName() + ": " + ex.getMessage(), ex);
		}
	}

}
