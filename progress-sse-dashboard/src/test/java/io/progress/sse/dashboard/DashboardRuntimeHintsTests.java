package io.progress.sse.dashboard;

import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.core.io.support.SpringFactoriesLoader;

import static org.assertj.core.api.Assertions.assertThat;

class DashboardRuntimeHintsTests {

	@Test
	void aNativeImageHasEveryFileOfTheDashboard() {
		RuntimeHints hints = new RuntimeHints();
		SpringFactoriesLoader.forResourceLocation("META-INF/spring/aot.factories")
			.load(RuntimeHintsRegistrar.class)
			.forEach((registrar) -> registrar.registerHints(hints, null));
		assertThat(DashboardFile.NAMES).allSatisfy(
				(file) -> assertThat(RuntimeHintsPredicates.resource().forResource("io/progress/sse/dashboard/" + file))
					.accepts(hints));
		assertThat(RuntimeHintsPredicates.resource().forResource("io/progress/sse/dashboard/dashboard.html"))
			.accepts(hints);
	}

}
