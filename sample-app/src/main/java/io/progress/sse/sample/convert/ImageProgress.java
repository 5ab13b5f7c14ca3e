package io.progress.sse.sample.convert;

import java.util.function.DoubleConsumer;

import javax.imageio.ImageReader;
import javax.imageio.ImageWriter;
import javax.imageio.event.IIOReadProgressListener;
import javax.imageio.event.IIOWriteProgressListener;

/**
 * What the codecs of the JDK say about how far they are, as a fraction. They say much
 * more, which nobody here wants to hear.
 */
final class ImageProgress implements IIOReadProgressListener, IIOWriteProgressListener {

	private final DoubleConsumer fraction;

	private ImageProgress(DoubleConsumer fraction) {
		this.fraction = fraction;
	}

	static IIOReadProgressListener reading(DoubleConsumer fraction) {
		return new ImageProgress(fraction);
	}

	static IIOWriteProgressListener writing(DoubleConsumer fraction) {
		return new ImageProgress(fraction);
	}

	@Override
	public void imageProgress(ImageReader source, float percentageDone) {
		this.fraction.accept(percentageDone / 100);
	}

	@Override
	public void imageProgress(ImageWriter source, float percentageDone) {
		this.fraction.accept(percentageDone / 100);
	}

	@Override
	public void sequenceStarted(ImageReader source, int minIndex) {
	}

	@Override
	public void sequenceComplete(ImageReader source) {
	}

	@Override
	public void imageStarted(ImageReader source, int imageIndex) {
	}

	@Override
	public void imageComplete(ImageReader source) {
		this.fraction.accept(1);
	}

	@Override
	public void readAborted(ImageReader source) {
	}

	@Override
	public void thumbnailStarted(ImageReader source, int imageIndex, int thumbnailIndex) {
	}

	@Override
	public void thumbnailProgress(ImageReader source, float percentageDone) {
	}

	@Override
	public void thumbnailComplete(ImageReader source) {
	}

	@Override
	public void imageStarted(ImageWriter source, int imageIndex) {
	}

	@Override
	public void imageComplete(ImageWriter source) {
		this.fraction.accept(1);
	}

	@Override
	public void writeAborted(ImageWriter source) {
	}

	@Override
	public void thumbnailStarted(ImageWriter source, int imageIndex, int thumbnailIndex) {
	}

	@Override
	public void thumbnailProgress(ImageWriter source, float percentageDone) {
	}

	@Override
	public void thumbnailComplete(ImageWriter source) {
	}

}
