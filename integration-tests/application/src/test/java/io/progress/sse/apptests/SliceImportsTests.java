package io.progress.sse.apptests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.test.autoconfigure.json.AutoConfigureJson;
import org.springframework.boot.webflux.test.autoconfigure.AutoConfigureWebFlux;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureWebMvc;
import org.springframework.core.io.ClassPathResource;

import io.progress.sse.aop.TrackProgressAutoConfiguration;
import io.progress.sse.autoconfigure.ProgressAutoConfiguration;
import io.progress.sse.jackson.ProgressJacksonAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What tests of slices configure.
 */
class SliceImportsTests {

	@ParameterizedTest
	@ValueSource(classes = { AutoConfigureWebMvc.class, AutoConfigureWebFlux.class })
	void areWhatApplicationsConfigure(Class<?> slice) throws IOException {
		assertThat(imports(slice)).isEqualTo(imports(AutoConfiguration.class));
	}

	/** Without a server there are no streams. */
	@Test
	void aTestOfJsonConfiguresTheTrackerAndTrackedMethods() throws IOException {
		assertThat(imports(AutoConfigureJson.class).lines()).containsExactly(
				TrackProgressAutoConfiguration.class.getName(), ProgressAutoConfiguration.class.getName(),
				ProgressJacksonAutoConfiguration.class.getName());
	}

	private static String imports(Class<?> annotation) throws IOException {
		return new ClassPathResource("META-INF/spring/" + annotation.getName() + ".imports", new StarterClassLoader())
			.getContentAsString(StandardCharsets.UTF_8);
	}

	/** Sees the starter only. */
	private static final class StarterClassLoader extends java.net.URLClassLoader {

		StarterClassLoader() {
			super(new java.net.URL[] {
					ProgressAutoConfiguration.class.getProtectionDomain().getCodeSource().getLocation() }, null);
		}

	}

}
