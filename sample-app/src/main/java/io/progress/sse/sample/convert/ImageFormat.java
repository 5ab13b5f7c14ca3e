package io.progress.sse.sample.convert;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

/**
 * What pictures can be converted into.
 */
enum ImageFormat {

	/** Lossless; this quality is the usual effort of zlib. */
	PNG("png", 0.33f),

	/** Lossy, and the only one without transparency. */
	JPEG("jpg", 0.85f),

	/** 256 colours. */
	GIF("gif", 1);

	private final String extension;

	private final float quality;

	ImageFormat(String extension, float quality) {
		this.extension = extension;
		this.quality = quality;
	}

	static Optional<ImageFormat> find(String id) {
		return Arrays.stream(values()).filter((format) -> format.id().equals(id)).findFirst();
	}

	static ImageFormat of(String mediaType) {
		return Arrays.stream(values())
			.filter((format) -> format.mediaType().equals(mediaType))
			.findFirst()
			.orElseThrow();
	}

	String id() {
		return name().toLowerCase(Locale.ROOT);
	}

	String extension() {
		return this.extension;
	}

	String mediaType() {
		return "image/" + id();
	}

	ImageWriter newWriter() {
		return ImageIO.getImageWritersByFormatName(id()).next();
	}

	ImageWriteParam parameters(ImageWriter writer) {
		ImageWriteParam parameters = writer.getDefaultWriteParam();
		parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
		parameters.setCompressionType(parameters.getCompressionTypes()[0]);
		parameters.setCompressionQuality(this.quality);
		return parameters;
	}

}
