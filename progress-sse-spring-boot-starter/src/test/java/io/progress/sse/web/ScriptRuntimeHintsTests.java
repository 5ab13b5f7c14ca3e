package io.progress.sse.web;

import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.beans.factory.aot.AotServices;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;

import static org.assertj.core.api.Assertions.assertThat;

class ScriptRuntimeHintsTests {

	@Test
	void everyServedFileIsInANativeImage() {
		RuntimeHints hints = new RuntimeHints();
		AotServices.factories()
			.load(RuntimeHintsRegistrar.class)
			.forEach((each) -> each.registerHints(hints, getClass().getClassLoader()));
		assertThat(Scripts.FILES).isNotEmpty()
			.allSatisfy((file) -> assertThat(RuntimeHintsPredicates.resource().forResource(Scripts.FOLDER + file))
				.accepts(hints));
		assertThat(RuntimeHintsPredicates.resource().forResource(Scripts.FOLDER + "scripts.txt")).accepts(hints);
	}

}
