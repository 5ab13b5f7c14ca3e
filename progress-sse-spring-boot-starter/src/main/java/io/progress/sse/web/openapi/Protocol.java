package io.progress.sse.web.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

import io.swagger.v3.core.util.Yaml;
import io.swagger.v3.core.util.Yaml31;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.SpecVersion;

import org.springframework.core.io.ClassPathResource;

/**
 * The description of all endpoints, with their default paths.
 */
final class Protocol {

	static final String FILE = "io/progress/sse/openapi.yaml";

	/** What the paths in the file begin with. */
	static final String PATH = "/progress";

	private Protocol() {
	}

	/**
	 * Reads the description.
	 * @param version the version of OpenAPI whose model is made
	 * @return a new model, which the caller may change
	 */
	static OpenAPI read(SpecVersion version) {
		try (InputStream in = new ClassPathResource(FILE, Protocol.class.getClassLoader()).getInputStream()) {
			return ((version == SpecVersion.V31) ? Yaml31.mapper() : Yaml.mapper()).readValue(in, OpenAPI.class);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
