package io.progress.sse.sample.upload;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

import io.progress.sse.ProgressReporter;
import io.progress.sse.sample.convert.ImageConverter;
import io.progress.sse.sample.files.Upload;

import org.springframework.stereotype.Component;

/**
 * Gives files the form that they are stored in: pictures are encoded anew, which leaves
 * out where and by whom they were taken; texts are compressed; the rest is left as it is.
 */
@Component
class Transcoder {

	private final ImageConverter pictures;

	Transcoder(ImageConverter pictures) {
		this.pictures = pictures;
	}

	/**
	 * Writes a file in its new form.
	 * @return the new form's name and type
	 */
	Form transcode(Upload upload, Scanned scanned, Path target, ProgressReporter progress) throws IOException {
		String name = upload.safeName();
		if (scanned.isPicture()) {
			progress.total(1);
			this.pictures.encodeAnew(upload.file(), target, scanned.mediaType(),
					progress.split(1, "encoding the picture anew"));
			return new Form(name, scanned.mediaType());
		}
		try (InputStream in = progress.wrap(Files.newInputStream(upload.file()), Files.size(upload.file()));
				OutputStream out = Files.newOutputStream(target)) {
			if (!scanned.isText()) {
				progress.message("nothing to transcode");
				in.transferTo(out);
				return new Form(name, scanned.mediaType());
			}
			progress.message("compressing");
			try (OutputStream gzip = new GZIPOutputStream(out)) {
				in.transferTo(gzip);
			}
			return new Form(name + ".gz", "application/gzip");
		}
	}

	/**
	 * What a file has become.
	 *
	 * @param name its name
	 * @param mediaType what it is
	 */
	record Form(String name, String mediaType) {

	}

}
