package io.progress.sse.sample.convert;

import java.awt.image.BufferedImage;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.function.DoubleConsumer;

import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

import io.progress.sse.ProgressException;
import net.coobird.thumbnailator.util.exif.ExifFilterUtils;
import net.coobird.thumbnailator.util.exif.ExifUtils;
import net.coobird.thumbnailator.util.exif.Orientation;

/**
 * A picture in a file. Opening it reads no more than the first bytes, asking for its size
 * no more than the header. Whatever is wrong with it fails with words for visitors.
 */
final class SourceImage implements Closeable {

	private final ImageInputStream in;

	private final ImageReader reader;

	private SourceImage(ImageInputStream in, ImageReader reader) {
		this.in = in;
		this.reader = reader;
		reader.setInput(in, true);
	}

	static SourceImage open(Path file) throws IOException {
		ImageInputStream in = ImageIO.createImageInputStream(file.toFile());
		Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
		if (!readers.hasNext()) {
			in.close();
			throw new ProgressException("not-a-picture", "The file is not a picture that can be read here");
		}
		return new SourceImage(in, readers.next());
	}

	int width() {
		return read(() -> this.reader.getWidth(0));
	}

	int height() {
		return read(() -> this.reader.getHeight(0));
	}

	/**
	 * Decodes the picture and turns it the way that the camera was held.
	 * @param progress hears of the share that is decoded, from 0.0 to 1.0
	 * @return the picture
	 */
	BufferedImage decode(DoubleConsumer progress) {
		this.reader.addIIOReadProgressListener(ImageProgress.reading(progress));
		return read(() -> ExifFilterUtils.getFilterForOrientation(orientation()).apply(this.reader.read(0)));
	}

	private Orientation orientation() throws IOException {
		if (!"JPEG".equals(this.reader.getFormatName())) {
			return Orientation.TOP_LEFT;
		}
		try {
			Orientation orientation = ExifUtils.getExifOrientation(this.reader, 0);
			return (orientation != null) ? orientation : Orientation.TOP_LEFT;
		}
		catch (IIOException ex) {
			// The reader is stricter about metadata than about pictures.
			return Orientation.TOP_LEFT;
		}
	}

	// Readers fail on damaged files with exceptions of every kind.
	private static <T> T read(Read<T> read) {
		try {
			return read.get();
		}
		catch (IOException | RuntimeException ex) {
			throw new ProgressException("unreadable-picture", "The picture is damaged or of a kind that cannot be read",
					ex);
		}
	}

	@Override
	public void close() throws IOException {
		this.reader.dispose();
		this.in.close();
	}

	@FunctionalInterface
	private interface Read<T> {

		T get() throws IOException;

	}

}
