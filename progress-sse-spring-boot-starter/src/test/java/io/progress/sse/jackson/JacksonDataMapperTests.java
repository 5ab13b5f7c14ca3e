package io.progress.sse.jackson;

import java.time.Instant;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * By Jackson 3.
 */
class JacksonDataMapperTests extends DataMapperTests {

	private final JacksonDataMapper mapper = new JacksonDataMapper(JsonMapper.shared());

	JacksonDataMapperTests() {
		super(new JacksonDataMapper(JsonMapper.shared()));
	}

	@Test
	void becomePlainTimes() {
		assertThat(this.mapper.toPlain(Instant.EPOCH)).isEqualTo("1970-01-01T00:00:00Z");
	}

}
