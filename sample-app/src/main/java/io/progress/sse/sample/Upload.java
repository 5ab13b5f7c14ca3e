package io.progress.sse.sample;

import java.nio.file.Path;

import org.springframework.util.StringUtils;

/**
 * A picture as a visitor sent it.
 *
 * @param file where it is
 * @param name its file name, as the visitor's browser says
 */
record Upload(Path file, String name) {

	String nameIn(ImageFormat format) {
		String stem = StringUtils.stripFilenameExtension(StringUtils.getFilename(this.name.replace('\\', '/')));
		return (stem.isBlank() ? "picture" : stem) + '.' + format.extension();
	}

	void delete() {
		this.file.toFile().delete();
	}

}
