package io.progress.sse.sample.files;

import java.nio.file.Path;

import org.springframework.util.StringUtils;

/**
 * A file as a visitor sent it.
 *
 * @param file where it is
 * @param name its file name, as the visitor's browser says
 */
public record Upload(Path file, String name) {

	/**
	 * The name that the file gets when it becomes something else.
	 * @param extension the new extension, without a dot
	 * @return a file name without a folder
	 */
	public String nameWith(String extension) {
		String stem = StringUtils.stripFilenameExtension(StringUtils.getFilename(this.name.replace('\\', '/')));
		return (stem.isBlank() ? "unnamed" : stem) + '.' + extension;
	}

	/**
	 * Removes the file, if it is still there.
	 */
	public void delete() {
		this.file.toFile().delete();
	}

}
