package io.progress.sse.jackson;

import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * By Jackson 2.
 */
class Jackson2DataMapperTests extends DataMapperTests {

	Jackson2DataMapperTests() {
		super(new Jackson2DataMapper(new ObjectMapper()));
	}

}
