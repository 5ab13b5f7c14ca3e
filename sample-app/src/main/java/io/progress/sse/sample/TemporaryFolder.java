package io.progress.sse.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/**
 * A place for files that does not outlive the application.
 */
@Component
class TemporaryFolder implements DisposableBean {

	private final Path path;

	TemporaryFolder() throws IOException {
		this.path = Files.createTempDirectory("progress-sse-sample-");
	}

	Path path() {
		return this.path;
	}

	Path newFile(String suffix) throws IOException {
		return Files.createTempFile(this.path, "", suffix);
	}

	@Override
	public void destroy() throws IOException {
		FileSystemUtils.deleteRecursively(this.path);
	}

}
