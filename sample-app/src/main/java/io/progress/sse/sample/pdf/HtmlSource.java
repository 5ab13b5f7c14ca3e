package io.progress.sse.sample.pdf;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.springframework.util.unit.DataSize;

/**
 * A document that is to become a PDF.
 *
 * @param html what it says
 * @param options how it is to look
 */
record HtmlSource(String html, PdfOptions options) {

	static HtmlSource parse(JsonFields fields, DataSize max) {
		String html = fields.text("html");
		if (html.getBytes(StandardCharsets.UTF_8).length > max.toBytes()) {
			throw fields.invalid("html", "at most " + max.toKilobytes() + " KB");
		}
		HtmlSource source = new HtmlSource(html, PdfOptions.parse(fields.object("options")));
		fields.refuseOthers();
		return source;
	}

	static List<HtmlSource> parseAll(JsonFields fields, PdfProperties bounds) {
		List<HtmlSource> items = fields.objects("items", bounds.maxItems())
			.stream()
			.map((item) -> parse(item, bounds.maxHtml()))
			.toList();
		fields.refuseOthers();
		return items;
	}

}
