package io.progress.sse.sample.convert;

import java.nio.file.Path;
import java.time.Instant;

/**
 * A converted picture.
 *
 * @param id names it in its URL; cannot be guessed
 * @param file where it is
 * @param name the file name that a browser proposes
 * @param mediaType what it is
 * @param createdAt when it was ready
 */
record Download(String id, Path file, String name, String mediaType, Instant createdAt) {

	String url() {
		return "/api/v1/downloads/" + this.id;
	}

}
