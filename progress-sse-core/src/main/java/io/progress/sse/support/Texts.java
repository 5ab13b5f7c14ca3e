package io.progress.sse.support;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Cleans texts of workers and clients for JSON and for the log. A {@code null} from code
 * without null checks becomes an empty text, because a status line must not make a job
 * fail.
 */
public final class Texts {

	/** Longest message, phase or note, in characters. */
	public static final int MAX_LENGTH = 1024;

	private static final int MAX_LOGGED = 200;

	private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

	private Texts() {
	}

	public static String line(@Nullable String text) {
		return line(text, MAX_LENGTH);
	}

	public static String line(@Nullable String text, int limit) {
		if (text == null) {
			return "";
		}
		return clean((text.length() > limit) ? cut(text, limit) : text);
	}

	/**
	 * Returns a text for the log, with line breaks replaced, so that a worker or client
	 * cannot forge log lines.
	 */
	public static String logged(@Nullable String text) {
		return UNPRINTABLE.matcher(line(text, MAX_LOGGED)).replaceAll("\uFFFD");
	}

	/**
	 * Replaces lone surrogates, which cannot be written as UTF-8. JSON libraries treat
	 * them differently, so two stores would hold different bytes.
	 */
	public static String clean(String text) {
		StringBuilder cleaned = null;
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
				i++;
			}
			else if (Character.isSurrogate(c)) {
				if (cleaned == null) {
					cleaned = new StringBuilder(text);
				}
				cleaned.setCharAt(i, '\uFFFD');
			}
		}
		return (cleaned != null) ? cleaned.toString() : text;
	}

	private static String cut(String text, int limit) {
		int end = limit - 1;
		if (Character.isHighSurrogate(text.charAt(end - 1))) {
			end--;
		}
		return text.substring(0, end) + '…';
	}

}
