package io.progress.sse.sample.convert;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

import io.progress.sse.Phase;
import io.progress.sse.ProgressException;
import io.progress.sse.ProgressReporter;
import net.coobird.thumbnailator.Thumbnails;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Reads a picture, resizes it, and writes it in another format. Blocks.
 */
@Component
public class ImageConverter {

	/** In percent. What is validated has been received already. */
	private static final Phase[] PLAN = { Phase.of("receiving", 10), Phase.of("validating", 10),
			Phase.of("converting", 60), Phase.of("compressing", 20) };

	private static final double DECODING_SHARE = 0.7;

	private final long maxPixels;

	ImageConverter(ConvertProperties properties) {
		this.maxPixels = properties.maxPixels();
	}

	/**
	 * Writes the visible part of a picture, and nothing else, in the same format.
	 * @param source the picture
	 * @param target where to write
	 * @param mediaType what the picture is: one of those that can be written here
	 * @param progress hears how far it is
	 * @throws IOException if the target cannot be written
	 */
	public void encodeAnew(Path source, Path target, String mediaType, ProgressReporter progress) throws IOException {
		convert(source, target, new Conversion(ImageFormat.of(mediaType), null), progress);
	}

	void convert(Path source, Path target, Conversion conversion, ProgressReporter progress) throws IOException {
		progress.plan(PLAN);
		BufferedImage image = read(source, conversion, progress);
		write(image, target, conversion.format(), progress);
	}

	private BufferedImage read(Path source, Conversion conversion, ProgressReporter progress) throws IOException {
		try (SourceImage picture = SourceImage.open(source)) {
			progress.phase("validating");
			checkSize(picture.width(), picture.height());
			progress.message("decoding " + picture.width() + " × " + picture.height());
			progress.phase("converting");
			BufferedImage image = picture.decode((share) -> progress.fraction(share * DECODING_SHARE));
			BufferedImage resized = resize(image, conversion.width(), progress);
			boolean asIs = conversion.format() != ImageFormat.JPEG || resized.getType() == BufferedImage.TYPE_3BYTE_BGR;
			return asIs ? resized : flatten(resized);
		}
	}

	private BufferedImage resize(BufferedImage image, @Nullable Integer width, ProgressReporter progress)
			throws IOException {
		if (width == null || width == image.getWidth()) {
			return image;
		}
		long height = Math.max(1, Math.round((double) image.getHeight() * width / image.getWidth()));
		checkSize(width, height);
		progress.message("resizing to " + width + " × " + height);
		return Thumbnails.of(image).forceSize(width, (int) height).asBufferedImage();
	}

	private void write(BufferedImage image, Path target, ImageFormat format, ProgressReporter progress)
			throws IOException {
		int rows = image.getHeight();
		progress.message("writing " + rows + " rows");
		progress.phase("compressing");
		progress.unit("rows");
		ImageWriter writer = format.newWriter();
		try (ImageOutputStream out = ImageIO.createImageOutputStream(target.toFile())) {
			writer.addIIOWriteProgressListener(ImageProgress.writing((share) -> {
				progress.report(Math.round(share * rows), rows);
				progress.message(() -> written(out));
			}));
			progress.onCancel(writer::abort);
			writer.setOutput(out);
			writer.write(null, new IIOImage(image, null, null), format.parameters(writer));
			progress.checkCancelled();
		}
		finally {
			writer.dispose();
		}
	}

	private static String written(ImageOutputStream out) {
		try {
			return "%.1f MB written".formatted(out.getStreamPosition() / 1e6);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	// JPEG knows neither transparency nor more than eight bits per colour.
	private static BufferedImage flatten(BufferedImage image) {
		BufferedImage flat = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
		Graphics2D graphics = flat.createGraphics();
		graphics.drawImage(image, 0, 0, Color.WHITE, null);
		graphics.dispose();
		return flat;
	}

	private void checkSize(long width, long height) {
		if (width * height > this.maxPixels) {
			throw new ProgressException("too-many-pixels",
					"The picture has %d × %d pixels, more than the %d that are allowed".formatted(width, height,
							this.maxPixels));
		}
	}

}
