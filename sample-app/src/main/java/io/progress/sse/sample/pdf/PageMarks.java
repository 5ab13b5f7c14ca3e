package io.progress.sse.sample.pdf;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.progress.sse.ProgressReporter;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDPageContentStream.AppendMode;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.apache.pdfbox.pdmodel.graphics.state.PDExtendedGraphicsState;
import org.apache.pdfbox.util.Matrix;

/**
 * Writes onto the pages of a finished PDF: a watermark across, a number at the foot.
 */
final class PageMarks {

	private static final float PAGE_NUMBER_SIZE = 9;

	private static final float PAGE_NUMBER_HEIGHT = 20;

	private static final float WATERMARK_OPACITY = 0.15F;

	private static final float WATERMARK_SHARE = 0.7F;

	private final PDFont font = new PDType1Font(FontName.HELVETICA_BOLD);

	private final PdfOptions options;

	private PageMarks(PdfOptions options) {
		this.options = options;
	}

	static void write(Path file, PdfOptions options, ProgressReporter progress) throws IOException {
		if (options.watermark() == null && !options.pageNumbers()) {
			return;
		}
		PageMarks marks = new PageMarks(options);
		try (PDDocument document = Loader.loadPDF(Files.readAllBytes(file))) {
			int number = 0;
			for (PDPage page : progress.each(document.getPages(), document.getNumberOfPages())) {
				marks.write(document, page, ++number + " / " + document.getNumberOfPages());
			}
			document.save(file.toFile());
		}
	}

	private void write(PDDocument document, PDPage page, String number) throws IOException {
		try (PDPageContentStream content = new PDPageContentStream(document, page, AppendMode.APPEND, true, true)) {
			if (this.options.watermark() != null) {
				writeAcross(content, page.getMediaBox(), this.options.watermark());
			}
			if (this.options.pageNumbers()) {
				float width = width(number) * PAGE_NUMBER_SIZE;
				write(content, number, PAGE_NUMBER_SIZE, Color.DARK_GRAY,
						Matrix.getTranslateInstance((page.getMediaBox().getWidth() - width) / 2, PAGE_NUMBER_HEIGHT));
			}
		}
	}

	private void writeAcross(PDPageContentStream content, PDRectangle page, String text) throws IOException {
		double diagonal = Math.hypot(page.getWidth(), page.getHeight());
		float size = (float) Math.min(WATERMARK_SHARE * diagonal / width(text), diagonal / 8);
		Matrix matrix = Matrix.getRotateInstance(Math.atan2(page.getHeight(), page.getWidth()), page.getWidth() / 2,
				page.getHeight() / 2);
		matrix.translate(-width(text) * size / 2, -size / 3);
		PDExtendedGraphicsState faint = new PDExtendedGraphicsState();
		faint.setNonStrokingAlphaConstant(WATERMARK_OPACITY);
		content.saveGraphicsState();
		content.setGraphicsStateParameters(faint);
		write(content, text, size, Color.BLACK, matrix);
		content.restoreGraphicsState();
	}

	private void write(PDPageContentStream content, String text, float size, Color colour, Matrix matrix)
			throws IOException {
		content.beginText();
		content.setFont(this.font, size);
		content.setNonStrokingColor(colour);
		content.setTextMatrix(matrix);
		content.showText(text);
		content.endText();
	}

	private float width(String text) throws IOException {
		return this.font.getStringWidth(text) / 1_000;
	}

}
