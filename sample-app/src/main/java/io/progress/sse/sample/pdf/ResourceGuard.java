package io.progress.sse.sample.pdf;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

import com.openhtmltopdf.outputdevice.helper.ExternalResourceType;

/**
 * Decides what a document may load: pictures that it brings along in itself, as long as
 * they do not unfold to something huge. Nothing else: anyone who writes the HTML must not
 * be able to read this server's files, nor what this server can reach on the network.
 */
final class ResourceGuard implements BiPredicate<String, ExternalResourceType> {

	private static final Pattern PICTURE = Pattern.compile("data:image/(?:png|jpeg|gif);base64,([A-Za-z0-9+/=\\s]*)",
			Pattern.CASE_INSENSITIVE);

	private final Set<String> refused = new HashSet<>();

	private final long maxPixels;

	ResourceGuard(long maxPixels) {
		this.maxPixels = maxPixels;
	}

	@Override
	public boolean test(String uri, ExternalResourceType type) {
		Matcher picture = PICTURE.matcher(uri);
		boolean harmless = type == ExternalResourceType.IMAGE_RASTER && picture.matches() && isSmall(picture.group(1));
		if (!harmless) {
			this.refused.add(uri);
		}
		return harmless;
	}

	/** How many resources were refused. */
	int refused() {
		return this.refused.size();
	}

	private boolean isSmall(String base64) {
		try (ImageInputStream in = new MemoryCacheImageInputStream(
				new ByteArrayInputStream(Base64.getMimeDecoder().decode(base64)))) {
			Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
			return readers.hasNext() && pixels(readers.next(), in) <= this.maxPixels;
		}
		catch (IOException | RuntimeException ex) {
			return false;
		}
	}

	private static long pixels(ImageReader reader, ImageInputStream in) throws IOException {
		try {
			reader.setInput(in);
			return (long) reader.getWidth(0) * reader.getHeight(0);
		}
		finally {
			reader.dispose();
		}
	}

}
