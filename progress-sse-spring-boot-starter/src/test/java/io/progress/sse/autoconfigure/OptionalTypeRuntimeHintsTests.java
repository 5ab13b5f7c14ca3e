package io.progress.sse.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.beans.factory.aot.AotServices;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

class OptionalTypeRuntimeHintsTests {

	private static final Path SOURCES = Path.of("src/main/java");

	private static final Pattern TYPE = Pattern.compile("\"((?:[a-z0-9]+\\.){2,}[A-Z]\\w+)\"");

	private final RuntimeHints hints = new RuntimeHints();

	OptionalTypeRuntimeHintsTests() {
		AotServices.factories()
			.load(RuntimeHintsRegistrar.class)
			.forEach((each) -> each.registerHints(this.hints, getClass().getClassLoader()));
	}

	@Test
	void aNativeImageFindsEachTypeThatTheStarterLooksFor() throws IOException {
		Set<String> types = lookedFor();
		types.removeIf((type) -> !ClassUtils.isPresent(type, getClass().getClassLoader()));
		assertThat(types).hasSizeGreaterThan(5)
			.allSatisfy((type) -> assertThat(RuntimeHintsPredicates.reflection().onType(TypeReference.of(type)))
				.accepts(this.hints));
	}

	@Test
	void theServletAdapterGetsItsProxies() {
		assertThat(RuntimeHintsPredicates.proxies().forInterfaces(ServletContext.class)).accepts(this.hints);
		assertThat(RuntimeHintsPredicates.proxies().forInterfaces(ServletRegistration.class)).accepts(this.hints);
	}

	private static Set<String> lookedFor() throws IOException {
		try (Stream<Path> files = Files.walk(SOURCES)) {
			Set<String> types = new TreeSet<>();
			for (Path file : files.filter(OptionalTypeRuntimeHintsTests::isLooking).toList()) {
				String text = Files.readString(file);
				if (text.contains("ClassUtils.isPresent(") || text.contains("ClassUtils.resolveClassName(")) {
					TYPE.matcher(text).results().map((match) -> match.group(1)).forEach(types::add);
				}
			}
			return types;
		}
	}

	private static boolean isLooking(Path file) {
		return Files.isRegularFile(file) && !file.endsWith("OptionalTypeRuntimeHints.java");
	}

}
