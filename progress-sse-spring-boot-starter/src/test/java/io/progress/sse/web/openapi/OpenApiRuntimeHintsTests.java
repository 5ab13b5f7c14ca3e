package io.progress.sse.web.openapi;

import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

class OpenApiRuntimeHintsTests {

	@Test
	void theDescriptionIsInANativeImage() {
		RuntimeHints hints = new RuntimeHints();
		new OpenApiRuntimeHints().registerHints(hints, getClass().getClassLoader());
		assertThat(new ClassPathResource(Protocol.FILE).exists()).isTrue();
		assertThat(RuntimeHintsPredicates.resource().forResource(Protocol.FILE)).accepts(hints);
	}

}
