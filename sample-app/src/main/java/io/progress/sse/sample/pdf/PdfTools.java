package io.progress.sse.sample.pdf;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.progress.sse.JobCancelledException;
import io.progress.sse.ProgressException;
import io.progress.sse.ProgressReporter;
import io.progress.sse.sample.files.Upload;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.multipdf.PDFMergerUtility;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;

import org.springframework.stereotype.Component;

/**
 * Merges and reads PDFs. Blocks.
 */
@Component
class PdfTools {

	private final int maxPages;

	PdfTools(PdfProperties properties) {
		this.maxPages = properties.maxPages();
	}

	/**
	 * Opens each file once, so that a bad one is found before any work is done.
	 * @return how many pages there are in all
	 */
	int check(List<Upload> uploads, ProgressReporter progress) throws IOException {
		int pages = 0;
		for (Upload upload : progress.each(uploads)) {
			progress.message("opening " + upload.name());
			try (PDDocument document = SourcePdf.open(upload, this.maxPages - pages)) {
				pages += document.getNumberOfPages();
			}
		}
		return pages;
	}

	/** Puts PDFs one behind the other, and says so file by file. */
	void merge(List<Upload> uploads, Path target, ProgressReporter progress) throws IOException {
		List<PDDocument> sources = new ArrayList<>();
		try (PDDocument merged = new PDDocument()) {
			PDFMergerUtility merger = new PDFMergerUtility();
			for (Upload upload : progress.each(uploads)) {
				progress.message("adding " + upload.name());
				PDDocument source = SourcePdf.open(upload, this.maxPages);
				sources.add(source);
				merger.appendDocument(merged, source);
			}
			merged.save(target.toFile());
		}
		catch (ProgressException | JobCancelledException ex) {
			throw ex;
		}
		catch (IOException | RuntimeException ex) {
			throw new ProgressException("unreadable-pdf", "The files cannot be merged, one of them is damaged", ex);
		}
		finally {
			sources.forEach(IOUtils::closeQuietly);
		}
	}

	/**
	 * Writes down the text of PDFs, and says so page by page.
	 * @return how many characters there are
	 */
	long extractText(List<Upload> uploads, Path target, ProgressReporter progress) throws IOException {
		long characters = 0;
		try (BufferedWriter out = Files.newBufferedWriter(target)) {
			for (Upload upload : uploads) {
				try (PDDocument document = SourcePdf.open(upload, this.maxPages)) {
					characters += extractText(document, upload.name(), out, progress);
				}
			}
		}
		return characters;
	}

	private static long extractText(PDDocument document, String name, BufferedWriter out, ProgressReporter progress)
			throws IOException {
		long characters = 0;
		PDFTextStripper stripper = new PDFTextStripper();
		for (int page = 1; page <= document.getNumberOfPages(); page++) {
			progress.checkCancelled();
			progress.message(name + ", page " + page + " of " + document.getNumberOfPages());
			stripper.setStartPage(page);
			stripper.setEndPage(page);
			String text = text(stripper, document, name);
			out.write(text);
			characters += text.length();
			progress.advance();
		}
		return characters;
	}

	private static String text(PDFTextStripper stripper, PDDocument document, String name) {
		try {
			return stripper.getText(document);
		}
		catch (IOException | RuntimeException ex) {
			throw new ProgressException("unreadable-pdf", "'%s' is damaged".formatted(name), ex);
		}
	}

}
