package io.progress.sse.stream;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

import org.jspecify.annotations.Nullable;

/**
 * Builds the frames of an event stream, as in <a href=
 * "https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation">WHATWG
 * HTML, 9.2.6</a>. Nothing else does. Every part is checked, so that none can open a new
 * line. The id comes last: some clients remember it as soon as they have read its line,
 * and a frame that was cut short must not count as received.
 */
final class Frames {

	/** Names that collide with a browser's own events. */
	private static final Set<String> BROWSER_EVENTS = Set.of("error", "open", "message");

	private static final int MAX_NAME_LENGTH = 32;

	private static final byte[] EVENT = ascii("event: ");

	private static final byte[] DATA = ascii("data: ");

	private static final byte[] ID = ascii("id: ");

	private static final byte[] LINE_END = ascii("\n");

	/** A comment that says nothing. */
	static final byte[] HEARTBEAT = ascii(":\n\n");

	private static final byte[] PING = concat(event("ping", ascii("{}")), LINE_END);

	private Frames() {
	}

	/**
	 * What a stream begins with.
	 */
	static byte[] prelude(Duration retry) {
		return ascii("retry: " + retry.toMillis() + "\n: progress-sse\n\n");
	}

	/**
	 * What a stream ends with when the client is to come back.
	 */
	static byte[] goodbye(Duration retry) {
		return ascii("retry: " + retry.toMillis() + "\n\n");
	}

	/**
	 * A heartbeat that a page can hear.
	 */
	static byte[] ping() {
		return PING;
	}

	/**
	 * An event up to its id.
	 * @param name its name, {@code null} for none
	 * @param json one line of JSON in UTF-8
	 */
	static byte[] event(@Nullable String name, byte[] json) {
		checkOwnName(name);
		return eventOfAnyName(name, json);
	}

	/**
	 * An event up to its id, for clients that were promised a name of the browser's own.
	 */
	static byte[] eventOfAnyName(@Nullable String name, byte[] json) {
		checkName(name);
		checkOneLine(json);
		byte[] nameLine = (name != null) ? concat(EVENT, ascii(name), LINE_END) : new byte[0];
		return concat(nameLine, DATA, json, LINE_END);
	}

	/**
	 * What follows an event.
	 * @param id its id, {@code null} for none
	 */
	static byte[] end(@Nullable String id) {
		if (id == null) {
			return LINE_END;
		}
		checkId(id);
		return concat(ID, ascii(id), LINE_END, LINE_END);
	}

	static byte[] concat(byte[]... parts) {
		return concat(List.of(parts));
	}

	static byte[] concat(List<byte[]> parts) {
		int length = 0;
		for (byte[] part : parts) {
			length += part.length;
		}
		byte[] whole = new byte[length];
		int at = 0;
		for (byte[] part : parts) {
			System.arraycopy(part, 0, whole, at, part.length);
			at += part.length;
		}
		return whole;
	}

	static void checkOwnName(@Nullable String name) {
		if (name != null && BROWSER_EVENTS.contains(name)) {
			throw new IllegalArgumentException(
					"'event' must not be a name of the browser's own events, but is '" + name + "'");
		}
	}

	static void checkName(@Nullable String name) {
		if (name == null) {
			return;
		}
		boolean valid = !name.isEmpty() && name.length() <= MAX_NAME_LENGTH && isLetter(name.charAt(0))
				&& consistsOf(name, (c) -> isLetter(c) || isDigit(c) || c == '_' || c == '.' || c == '-');
		if (!valid) {
			throw new IllegalArgumentException(
					"'event' must match [a-z][a-z0-9_.-]{0,31}, but has " + name.length() + " characters of others");
		}
	}

	private static void checkId(String id) {
		boolean valid = !id.isEmpty() && id.length() <= CursorText.MAX_LENGTH && consistsOf(id, (c) -> isLetter(c)
				|| isDigit(c) || (c >= 'A' && c <= 'Z') || c == '.' || c == '_' || c == '~' || c == '-');
		if (!valid) {
			throw new IllegalArgumentException("'id' must be 1 to " + CursorText.MAX_LENGTH
					+ " characters of [A-Za-z0-9._~-], but has " + id.length() + " characters or others");
		}
	}

	private static void checkOneLine(byte[] json) {
		for (byte b : json) {
			if (b >= 0 && b < ' ') {
				throw new IllegalArgumentException(
						"'data' must be one line of JSON, but has a control character of code " + b);
			}
		}
	}

	private static boolean consistsOf(String text, IntPredicate valid) {
		for (int i = 0; i < text.length(); i++) {
			if (!valid.test(text.charAt(i))) {
				return false;
			}
		}
		return true;
	}

	private static boolean isLetter(int c) {
		return c >= 'a' && c <= 'z';
	}

	private static boolean isDigit(int c) {
		return c >= '0' && c <= '9';
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

}
