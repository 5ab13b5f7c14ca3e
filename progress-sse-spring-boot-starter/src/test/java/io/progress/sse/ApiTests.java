package io.progress.sse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The packages that are no API: they say so, and no type of the API shows one of theirs.
 */
class ApiTests {

	private final Set<String> internal = Set.of(System.getProperty("internal.packages").split(":"));

	@Test
	void packagesThatCallThemselvesInternalAreLeftOutOfTheJavadoc() throws IOException {
		Set<String> declared = new TreeSet<>();
		try (Stream<Path> files = Files.walk(Path.of(".."), 12)) {
			files.filter((file) -> file.endsWith("package-info.java") && file.toString().contains("src/main/java"))
				.map(ApiTests::read)
				.filter((text) -> text.replaceAll("\\s+\\*?\\s*", " ").contains("Internal: public only"))
				.forEach((text) -> declared.add(text.replaceAll("(?s).*\\npackage ([a-z.]+);.*", "$1")));
		}
		assertThat(declared).contains("io.progress.sse.aop", "io.progress.sse.web.servlet").isSubsetOf(this.internal);
	}

	@Test
	void noSignatureOfTheApiNamesAnInternalType() {
		List<String> leaks = new ClassFileImporter().withImportOption(new DoNotIncludeTests())
			.importPackages("io.progress.sse")
			.stream()
			.filter((type) -> isVisible(type.getModifiers()) && !isInternal(type)
					&& !type.getName().contains("AutoConfiguration"))
			.flatMap((type) -> type.getCodeUnits().stream())
			.filter((member) -> isVisible(member.getModifiers()))
			.filter(this::namesInternal)
			.map(JavaCodeUnit::getFullName)
			.toList();
		assertThat(leaks).isEmpty();
	}

	private boolean namesInternal(JavaCodeUnit member) {
		return Stream
			.concat(member.getReturnType().getAllInvolvedRawTypes().stream(),
					member.getParameterTypes().stream().flatMap((type) -> type.getAllInvolvedRawTypes().stream()))
			.anyMatch(this::isInternal);
	}

	private boolean isInternal(JavaClass type) {
		return this.internal.contains(type.getPackageName());
	}

	private static boolean isVisible(Set<JavaModifier> modifiers) {
		return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
