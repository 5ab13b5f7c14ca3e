package io.progress.sse.sample.pdf;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FSFontUseCase;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.outputdevice.helper.ExternalResourceControlPriority;
import com.openhtmltopdf.pdfboxout.PdfBoxRenderer;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import io.progress.sse.JobCancelledException;
import io.progress.sse.ProgressException;
import io.progress.sse.ProgressReporter;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.FontMappers;
import org.jsoup.Jsoup;
import org.jsoup.helper.W3CDom;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

import org.springframework.stereotype.Component;

/**
 * Makes PDFs of HTML. Blocks.
 */
@Component
class HtmlRenderer {

	/**
	 * Most columns or rows that a cell may span; a browser's limit, and what tables are
	 * laid out with grows with it.
	 */
	private static final int MAX_SPAN = 1_000;

	private final int maxPages;

	private final long maxPixels;

	HtmlRenderer(PdfProperties properties) {
		this.maxPages = properties.maxPages();
		this.maxPixels = properties.maxPixels();
		FontMappers.set(new OwnFonts());
		XRLog.setLoggingEnabled(false);
	}

	/** Reads HTML as a browser would, and takes out what could hurt. */
	org.w3c.dom.Document preprocess(HtmlSource source) {
		Document document = Jsoup.parse(source.html());
		document.select("script, iframe, object, embed").remove();
		document.select("[colspan]").forEach((cell) -> bound(cell, "colspan"));
		document.select("[rowspan]").forEach((cell) -> bound(cell, "rowspan"));
		document.head().appendElement("style").appendChild(new DataNode(source.options().css()));
		return W3CDom.convert(document);
	}

	/** Lays a document out and draws its pages. */
	Rendering render(org.w3c.dom.Document document, Path target, String title, ProgressReporter progress)
			throws IOException {
		ResourceGuard guard = new ResourceGuard(this.maxPixels);
		try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(target));
				PdfBoxRenderer renderer = renderer(document, guard, out, title, progress)) {
			renderer.layout();
			int pages = renderer.getRootBox().getLayer().getPages().size();
			if (pages > this.maxPages) {
				throw new ProgressException("too-many-pages",
						"The document has %d pages, more than the %d that are allowed".formatted(pages, this.maxPages));
			}
			progress.report(0, pages);
			renderer.createPDF();
			return new Rendering(pages, guard.refused());
		}
		catch (ProgressException | JobCancelledException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			// Style sheets that make no sense end in exceptions of every kind.
			throw new ProgressException("unrenderable", "The document cannot be laid out as it is", ex);
		}
	}

	private static PdfBoxRenderer renderer(org.w3c.dom.Document document, ResourceGuard guard, OutputStream out,
			String title, ProgressReporter progress) {
		return new PdfRendererBuilder().withW3cDocument(document, null)
			.toStream(out)
			.useExternalResourceAccessControl(guard, ExternalResourceControlPriority.RUN_BEFORE_RESOLVING_URI)
			.useExternalResourceAccessControl(guard, ExternalResourceControlPriority.RUN_AFTER_RESOLVING_URI)
			.useFont(OwnFonts::open, "other letters", 400, FontStyle.NORMAL, true, Set.of(FSFontUseCase.FALLBACK_FINAL))
			.usePageSupplier((pdf, width, height, page, shadow) -> {
				progress.checkCancelled();
				progress.message(() -> title + "page " + (page + 1));
				progress.advance();
				return addPage(pdf, width, height);
			})
			.buildPdfRenderer();
	}

	private static PDPage addPage(PDDocument pdf, float width, float height) {
		PDPage page = new PDPage(new PDRectangle(width, height));
		pdf.addPage(page);
		return page;
	}

	private static void bound(Element cell, String span) {
		try {
			if (Integer.parseInt(cell.attr(span).trim()) <= MAX_SPAN) {
				return;
			}
		}
		catch (NumberFormatException ex) {
			// means nothing, and is left out like one that is too large
		}
		cell.removeAttr(span);
	}

	/**
	 * What came out.
	 *
	 * @param pages how many pages there are
	 * @param refused how many resources were not loaded
	 */
	record Rendering(int pages, int refused) {

	}

}
