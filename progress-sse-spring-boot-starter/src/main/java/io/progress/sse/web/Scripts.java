package io.progress.sse.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;

/**
 * The files of the JavaScript client in the jar. Files that are not listed are not
 * served.
 */
final class Scripts {

	static final String FOLDER = "io/progress/sse/client/";

	/** The names, relative to the common path of the endpoints. */
	static final List<String> FILES = new String(content("scripts.txt"), StandardCharsets.UTF_8).lines().toList();

	private Scripts() {
	}

	static byte[] content(String file) {
		try {
			return new ClassPathResource(FOLDER + file, Scripts.class.getClassLoader()).getContentAsByteArray();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static MediaType type(String file) {
		return file.endsWith(".ts") ? new MediaType("application", "typescript") : new MediaType("text", "javascript");
	}

}
