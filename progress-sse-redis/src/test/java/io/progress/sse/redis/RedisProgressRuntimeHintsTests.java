package io.progress.sse.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.beans.factory.aot.AotServices;

import static org.assertj.core.api.Assertions.assertThat;

class RedisProgressRuntimeHintsTests {

	private static final String FOLDER = "io/progress/sse/redis/";

	@Test
	void everyScriptIsInANativeImage() {
		RuntimeHints hints = new RuntimeHints();
		AotServices.factories()
			.load(RuntimeHintsRegistrar.class)
			.forEach((each) -> each.registerHints(hints, getClass().getClassLoader()));
		assertThat(scripts()).hasSizeGreaterThan(5)
			.allSatisfy((script) -> assertThat(RuntimeHintsPredicates.resource().forResource(FOLDER + script))
				.accepts(hints));
	}

	private static List<String> scripts() {
		try (Stream<Path> files = Files.list(Path.of("src/main/resources", FOLDER))) {
			return files.map((file) -> file.getFileName().toString()).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
