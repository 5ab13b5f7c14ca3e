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
	PNG("png", 0.33f, 12),

	/** Lossy, and the only one without transparency. */
	JPEG("jpg", 0.85f, 1),

	/** 256 colours, which take their time to be found. */
	GIF("gif", 1, 15);

	private final String extension;

	private final float quality;

	private final double effort;

	ImageFormat(String extension, float quality, double effort) {
		this.extension = extension;
		this.quality = quality;
		this.effort = effort;
	}

	static Optional<ImageFormat> find(String id) {
		return Arrays.stream(values()).filter((format) -> format.id().equals(id)).findFirst();
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

	/** How much longer writing takes than reading did, about. */
	double effort() {
		return this.effort;
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
