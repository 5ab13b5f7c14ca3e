package io.progress.sse.sample.convert;

import java.util.Arrays;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.util.StringUtils;
import org.springframework.web.server.ResponseStatusException;

/**
 * What a visitor wants a picture to become.
 *
 * @param format the format
 * @param width the width in pixels; {@code null} for that of the original
 */
record Conversion(ImageFormat format, @Nullable Integer width) {

	static final int MAX_WIDTH = 10_000;

	static Conversion parse(String format, @Nullable String width) {
		return new Conversion(parseFormat(format), StringUtils.hasText(width) ? parseWidth(width) : null);
	}

	private static ImageFormat parseFormat(String format) {
		return ImageFormat.find(format)
			.orElseThrow(() -> invalid("format", "one of "
					+ Arrays.stream(ImageFormat.values()).map(ImageFormat::id).collect(Collectors.joining(", ")),
					format));
	}

	private static int parseWidth(String width) {
		try {
			int pixels = Integer.parseInt(width);
			if (pixels >= 1 && pixels <= MAX_WIDTH) {
				return pixels;
			}
		}
		catch (NumberFormatException ex) {
			// refused below, with the same words
		}
		throw invalid("width", "a number from 1 to " + MAX_WIDTH, width);
	}

	private static ResponseStatusException invalid(String field, String rule, String value) {
		return new ResponseStatusException(HttpStatus.BAD_REQUEST,
				"'%s' must be %s, but is '%s'".formatted(field, rule, StringUtils.truncate(value, 20)));
	}

}
