package io.progress.sse.sample.pdf;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

import org.apache.fontbox.FontBoxFont;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.CIDFontMapping;
import org.apache.pdfbox.pdmodel.font.FontMapper;
import org.apache.pdfbox.pdmodel.font.FontMapping;
import org.apache.pdfbox.pdmodel.font.PDCIDSystemInfo;
import org.apache.pdfbox.pdmodel.font.PDFontDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * One font for whatever a PDF names and does not bring along: the one that comes with the
 * library. Without this the library reads all fonts of the machine when it is first used,
 * and leaves a list of them in the user's home.
 */
final class OwnFonts implements FontMapper {

	private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

	private final TrueTypeFont font;

	OwnFonts() {
		try (InputStream in = open()) {
			this.font = new TTFParser().parse(new RandomAccessReadBuffer(in));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The font's file. */
	static InputStream open() {
		InputStream in = PDDocument.class.getResourceAsStream(FONT);
		if (in == null) {
			throw new IllegalStateException("'" + FONT + "' must come with PDFBox, but is not there");
		}
		return in;
	}

	@Override
	public FontMapping<TrueTypeFont> getTrueTypeFont(String name, @Nullable PDFontDescriptor descriptor) {
		return new FontMapping<>(this.font, true);
	}

	@Override
	public FontMapping<FontBoxFont> getFontBoxFont(String name, @Nullable PDFontDescriptor descriptor) {
		return new FontMapping<>(this.font, true);
	}

	@Override
	public CIDFontMapping getCIDFont(String name, @Nullable PDFontDescriptor descriptor,
			@Nullable PDCIDSystemInfo system) {
		return new CIDFontMapping(null, this.font, true);
	}

}
