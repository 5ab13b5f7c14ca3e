package io.progress.sse.sample.upload;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import io.progress.sse.ProgressException;
import io.progress.sse.ProgressReporter;
import org.apache.tika.Tika;

import org.springframework.stereotype.Component;

/**
 * Finds out what a file is, whatever its name says, and whether it may be here.
 */
@Component
class Scanner {

	private static final int PREFIX = 64 * 1024;

	private final Tika tika = new Tika();

	private final UploadProperties properties;

	Scanner(UploadProperties properties) {
		this.properties = properties;
	}

	/**
	 * Looks into a file.
	 * @throws ProgressException if it may not be here
	 */
	Scanned scan(Path file, ProgressReporter progress) throws IOException {
		String mediaType = type(file);
		progress.message("looks like " + mediaType);
		if (this.properties.refusedTypes().contains(mediaType)) {
			throw new ProgressException("refused-type", "Files of type " + mediaType + " are not accepted");
		}
		String checksum = Checksum.of(file, progress);
		ArchiveGuard.check(file, this.properties.archive(), progress);
		return new Scanned(mediaType, checksum);
	}

	private String type(Path file) throws IOException {
		try (InputStream in = Files.newInputStream(file)) {
			return this.tika.detect(in.readNBytes(PREFIX));
		}
	}

}
