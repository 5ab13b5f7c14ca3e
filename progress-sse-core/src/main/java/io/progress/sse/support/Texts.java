package io.progress.sse.support;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Texts that come from a worker, made fit for the wire once. A {@code null} from code
 * that knows nothing of null checks is an empty text: a status line is no reason for a
 * job to fail.
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
	 * A text as it may stand in a line of a log: what a worker or a client chose cannot
	 * begin a line of its own.
	 */
	public static String logged(@Nullable String text) {
		return UNPRINTABLE.matcher(line(text, MAX_LOGGED)).replaceAll("\uFFFD");
	}

	/**
	 * Replaces lone surrogates, which cannot be written as UTF-8: JSON writers disagree
	 * on what to do with them, so two stores would hold different bytes.
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
