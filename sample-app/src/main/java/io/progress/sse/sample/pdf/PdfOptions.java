package io.progress.sse.sample.pdf;

import java.nio.charset.Charset;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * How a PDF is to look.
 *
 * @param size the size of its pages
 * @param orientation which way they are held
 * @param margins what stays empty around them
 * @param watermark what is written across each page; {@code null} for nothing
 * @param pageNumbers whether each page says which it is
 */
record PdfOptions(PageSize size, Orientation orientation, Margins margins, @Nullable String watermark,
		boolean pageNumbers) {

	private static final int MAX_WATERMARK = 40;

	/** What the fonts can write that every PDF reader has. */
	private static final Charset WRITABLE = Charset.forName("windows-1252");

	static PdfOptions parse(JsonFields fields) {
		PdfOptions options = new PdfOptions(fields.oneOf("page_size", PageSize.A4),
				fields.oneOf("orientation", Orientation.PORTRAIT), Margins.parse(fields.object("margins")),
				fields.has("watermark") ? watermark(fields) : null, fields.flag("page_numbers"));
		fields.refuseOthers();
		return options;
	}

	/** The same as a style sheet, which wins over what a document says itself. */
	String css() {
		boolean upright = this.orientation == Orientation.PORTRAIT;
		double width = upright ? this.size.width() : this.size.height();
		double height = upright ? this.size.height() : this.size.width();
		return String.format(Locale.ROOT, "@page { size: %.1fmm %.1fmm; margin: %.1fmm %.1fmm %.1fmm %.1fmm }", width,
				height, this.margins.top(), this.margins.right(), this.margins.bottom(), this.margins.left());
	}

	private static String watermark(JsonFields fields) {
		String text = fields.text("watermark");
		boolean writable = WRITABLE.newEncoder().canEncode(text) && text.chars().noneMatch(Character::isISOControl);
		if (text.length() > MAX_WATERMARK || !writable) {
			throw fields.invalid("watermark", "at most " + MAX_WATERMARK + " Latin letters, digits and signs");
		}
		return text;
	}

}
