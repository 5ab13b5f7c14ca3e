package io.progress.sse.sample.upload;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import io.progress.sse.ProgressReporter;
import io.progress.sse.sample.files.Download;
import io.progress.sse.sample.files.Downloads;
import io.progress.sse.sample.files.TemporaryFolder;

import org.springframework.stereotype.Component;

/**
 * A folder where files stay that were processed. What was written is read again before it
 * counts.
 */
@Component
class UploadStore {

	private final TemporaryFolder folder;

	private final Downloads downloads;

	UploadStore(TemporaryFolder folder, Downloads downloads) {
		this.folder = folder;
		this.downloads = downloads;
	}

	Download store(Path file, Transcoder.Form form, ProgressReporter progress) throws IOException {
		Path stored = this.folder.newFile(".stored");
		try {
			progress.message("writing " + Files.size(file) + " bytes");
			String sent;
			try (OutputStream out = Files.newOutputStream(stored)) {
				sent = Checksum.ofTransfer(file, out, progress);
			}
			if (!sent.equals(Checksum.of(stored, ProgressReporter.noop()))) {
				throw new IOException("The file has changed on its way into " + stored);
			}
			return this.downloads.add(stored, form.name(), form.mediaType());
		}
		catch (Throwable ex) {
			stored.toFile().delete();
			throw ex;
		}
	}

}
