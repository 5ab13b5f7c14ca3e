package io.progress.sse.sample.pdf;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;

import io.progress.sse.ProgressException;
import io.progress.sse.sample.files.Upload;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.io.MemoryUsageSetting;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.pdmodel.graphics.image.PDImage;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;

/**
 * PDFs that visitors sent. Whatever is wrong with one fails with words for visitors.
 */
final class SourcePdf {

	private static final byte[] MAGIC = "%PDF-".getBytes(StandardCharsets.US_ASCII);

	/** What a PDF may unfold to, in memory and in files, in bytes. */
	private static final MemoryUsageSetting BOUNDS = MemoryUsageSetting.setupMixed(16_000_000, 256_000_000);

	private SourcePdf() {
	}

	/** Whether a file says that it is a PDF. */
	static boolean looksLikeOne(Upload upload) throws IOException {
		try (InputStream in = Files.newInputStream(upload.file())) {
			return Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
		}
	}

	static PDDocument open(Upload upload, int maxPages) {
		PDDocument document = load(upload);
		int pages = document.getNumberOfPages();
		if (pages > maxPages) {
			IOUtils.closeQuietly(document);
			throw new ProgressException("too-many-pages",
					"'%s' has %d pages, more than the %d that are allowed".formatted(upload.name(), pages, maxPages));
		}
		return document;
	}

	private static PDDocument load(Upload upload) {
		try {
			return Loader.loadPDF(upload.file().toFile(), BOUNDS.streamCache);
		}
		catch (InvalidPasswordException ex) {
			throw new ProgressException("encrypted-pdf", "'%s' needs a password".formatted(upload.name()), ex);
		}
		catch (IOException | RuntimeException ex) {
			throw damaged(upload, ex);
		}
	}

	static ProgressException damaged(Upload upload, Exception cause) {
		return new ProgressException("unreadable-pdf", "'%s' is damaged".formatted(upload.name()), cause);
	}

	/** What a picture unfolds to, its masks with it. */
	static long pixels(PDImage picture) throws IOException {
		long pixels = (long) picture.getWidth() * picture.getHeight();
		if (picture instanceof PDImageXObject object) {
			for (PDImageXObject mask : Arrays.asList(object.getMask(), object.getSoftMask())) {
				pixels = (mask != null) ? Math.max(pixels, (long) mask.getWidth() * mask.getHeight()) : pixels;
			}
		}
		return pixels;
	}

}
