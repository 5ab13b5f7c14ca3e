package io.progress.sse.sample.pdf;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import javax.imageio.ImageIO;

import io.progress.sse.JobCancelledException;
import io.progress.sse.ProgressException;
import io.progress.sse.ProgressReporter;
import io.progress.sse.sample.files.Upload;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.image.PDImage;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.rendering.PageDrawer;
import org.apache.pdfbox.rendering.PageDrawerParameters;

import org.springframework.util.StreamUtils;

/**
 * Paints the pages of a PDF. Blocks.
 */
final class PagePainter extends PDFRenderer {

	private static final float POINTS_PER_INCH = 72;

	private final Upload upload;

	private final PictureOptions options;

	private final long maxPixels;

	private PagePainter(PDDocument document, Upload upload, PictureOptions options, long maxPixels) {
		super(document);
		this.upload = upload;
		this.options = options;
		this.maxPixels = maxPixels;
	}

	/** Writes the picture of a single page, or a ZIP with one picture for each page. */
	static void paint(Upload upload, Path target, PictureOptions options, PdfProperties bounds,
			ProgressReporter progress) throws IOException {
		try (PDDocument document = SourcePdf.open(upload, bounds.maxPages());
				OutputStream out = Files.newOutputStream(target)) {
			PagePainter painter = new PagePainter(document, upload, options, bounds.maxPixels());
			if (document.getNumberOfPages() == 1) {
				painter.paint(0, out, progress);
			}
			else {
				painter.paintAll(out, progress);
			}
		}
		catch (ProgressException | JobCancelledException ex) {
			throw ex;
		}
		catch (IOException | RuntimeException ex) {
			throw SourcePdf.damaged(upload, ex);
		}
	}

	private void paintAll(OutputStream out, ProgressReporter progress) throws IOException {
		try (ZipOutputStream zip = new ZipOutputStream(out)) {
			for (int page = 0; page < this.document.getNumberOfPages(); page++) {
				zip.putNextEntry(new ZipEntry("page-" + (page + 1) + "." + this.options.format().extension()));
				paint(page, StreamUtils.nonClosing(zip), progress);
				zip.closeEntry();
			}
		}
	}

	private void paint(int page, OutputStream out, ProgressReporter progress) throws IOException {
		progress.checkCancelled();
		progress.message(this.upload.name() + ", page " + (page + 1) + " of " + this.document.getNumberOfPages());
		checkSize(page);
		ImageIO.write(renderImageWithDPI(page, this.options.dpi(), ImageType.RGB), this.options.format().name(), out);
		progress.advance();
	}

	private void checkSize(int page) {
		PDRectangle paper = this.document.getPage(page).getCropBox();
		float scale = this.options.dpi() / POINTS_PER_INCH;
		if ((double) paper.getWidth() * paper.getHeight() * scale * scale > this.maxPixels) {
			throw tooLarge("Page %d of '%s' is".formatted(page + 1, this.upload.name()));
		}
	}

	private ProgressException tooLarge(String what) {
		return new ProgressException("too-many-pixels",
				"%s larger than the %d pixels that are allowed".formatted(what, this.maxPixels));
	}

	@Override
	protected PageDrawer createPageDrawer(PageDrawerParameters parameters) throws IOException {
		return new PageDrawer(parameters) {
			@Override
			public void drawImage(PDImage picture) throws IOException {
				if (SourcePdf.pixels(picture) > PagePainter.this.maxPixels) {
					throw tooLarge("'%s' has a picture that is".formatted(PagePainter.this.upload.name()));
				}
				super.drawImage(picture);
			}
		};
	}

}
