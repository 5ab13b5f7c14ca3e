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
		String stem = StringUtils.stripFilenameExtension(baseName());
		return (stem.isBlank() ? "unnamed" : stem) + '.' + extension;
	}

	/**
	 * The name without the folders that it may claim to be in.
	 * @return a file name without a folder
	 */
	public String safeName() {
		return baseName().isBlank() ? "unnamed" : baseName();
	}

	private String baseName() {
		return StringUtils.getFilename(this.name.replace('\\', '/'));
	}

	/**
	 * Removes the file, if it is still there.
	 */
	public void delete() {
		this.file.toFile().delete();
	}

}
