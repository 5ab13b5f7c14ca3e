package io.progress.sse;

/**
 * Texts that come from a worker, made fit for the wire once.
 */
final class Texts {

	/** Longest message, phase or note, in characters. */
	static final int MAX_LENGTH = 1024;

	private Texts() {
	}

	static String line(String text) {
		return clean((text.length() > MAX_LENGTH) ? cut(text) : text);
	}

	/**
	 * Replaces lone surrogates, which cannot be written as UTF-8: JSON writers disagree
	 * on what to do with them, so two stores would hold different bytes.
	 */
	static String clean(String text) {
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

	private static String cut(String text) {
		int end = MAX_LENGTH - 1;
		if (Character.isHighSurrogate(text.charAt(end - 1))) {
			end--;
		}
		return text.substring(0, end) + '…';
	}

}
