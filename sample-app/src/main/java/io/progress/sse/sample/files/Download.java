package io.progress.sse.sample.files;

import java.nio.file.Path;
import java.time.Instant;

/**
 * A file that was made.
 *
 * @param id names it in its URL; cannot be guessed
 * @param file where it is
 * @param name the file name that a browser proposes
 * @param mediaType what it is
 * @param createdAt when it was ready
 */
public record Download(String id, Path file, String name, String mediaType, Instant createdAt) {

	/**
	 * Where it can be fetched.
	 * @return a path on this server
	 */
	public String url() {
		return "/api/v1/downloads/" + this.id;
	}

}
