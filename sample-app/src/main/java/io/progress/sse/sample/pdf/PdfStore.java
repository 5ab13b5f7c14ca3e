package io.progress.sse.sample.pdf;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

import io.progress.sse.ProgressReporter;
import io.progress.sse.sample.files.Download;
import io.progress.sse.sample.files.Downloads;
import io.progress.sse.sample.files.TemporaryFolder;

import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/**
 * Where finished files go: a folder, from which they can be fetched for a while.
 */
@Component
class PdfStore {

	private final TemporaryFolder folder;

	private final Downloads downloads;

	PdfStore(TemporaryFolder folder, Downloads downloads) {
		this.folder = folder;
		this.downloads = downloads;
	}

	/** Takes a copy of a file. */
	Download upload(Path file, String name, MediaType type, ProgressReporter progress) throws IOException {
		Path copy = this.folder.newFile(".stored");
		try (InputStream in = progress.wrap(Files.newInputStream(file), Files.size(file))) {
			Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
			return this.downloads.add(copy, name, type.toString());
		}
		catch (IOException | RuntimeException ex) {
			Files.deleteIfExists(copy);
			throw ex;
		}
	}

}
