package io.progress.sse.sample.files;

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
public class TemporaryFolder implements DisposableBean {

	private final Path path;

	TemporaryFolder() throws IOException {
		this.path = Files.createTempDirectory("progress-sse-sample-");
	}

	/**
	 * Where it is.
	 * @return the folder
	 */
	public Path path() {
		return this.path;
	}

	/**
	 * Makes an empty file of a name that nobody else uses.
	 * @param suffix what its name ends with
	 * @return the file
	 * @throws IOException if it cannot be made
	 */
	public Path newFile(String suffix) throws IOException {
		return Files.createTempFile(this.path, "", suffix);
	}

	@Override
	public void destroy() throws IOException {
		FileSystemUtils.deleteRecursively(this.path);
	}

}
