package io.progress.sse.sample.pdf;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;
import org.springframework.util.StringUtils;

/**
 * What the pages of a PDF are to become.
 *
 * @param format the kind of the pictures
 * @param dpi how fine they are, in dots per inch
 */
record PictureOptions(Format format, int dpi) {

	static PictureOptions parse(@Nullable String format, @Nullable String dpi) {
		Map<String, Object> given = new HashMap<>();
		if (StringUtils.hasText(format)) {
			given.put("format", format);
		}
		if (StringUtils.hasText(dpi)) {
			given.put("dpi", number(dpi));
		}
		JsonFields fields = new JsonFields(given);
		return new PictureOptions(fields.oneOf("format", Format.PNG), (int) fields.number("dpi", 36, 300, 150));
	}

	/** A text that is no number is refused as what it is. */
	private static Object number(String text) {
		try {
			return Integer.valueOf(text.strip());
		}
		catch (NumberFormatException ex) {
			return text;
		}
	}

	/** What Java can write, and every browser can show. */
	enum Format {

		PNG("png"), JPEG("jpg");

		private final String extension;

		Format(String extension) {
			this.extension = extension;
		}

		String extension() {
			return this.extension;
		}

		MediaType mediaType() {
			return new MediaType("image", name().toLowerCase(Locale.ROOT));
		}

	}

}
