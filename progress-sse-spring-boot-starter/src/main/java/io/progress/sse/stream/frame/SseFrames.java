package io.progress.sse.stream.frame;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.progress.sse.store.EventId;
import io.progress.sse.stream.OwnedCursor;

/**
 * Builds the frames of an event stream, as in <a href=
 * "https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation">WHATWG
 * HTML, 9.2.6</a>. No other class writes frames. Every part is checked, so that none can
 * begin a new line. The id comes last, because some clients remember it as soon as they
 * have read its line, and an incomplete frame must not count as received.
 * <p>
 * Lines outside of events (comments and {@code retry}) are not followed by an empty line:
 * Jersey, RESTEasy, CXF, Vert.x and others treat an empty line as an event of its own,
 * and some then forget the last id. Only browsers get one after the first lines of a
 * stream, because WebKit keeps half a frame of a broken connection and would join the
 * next stream's first event to it.
 */
public final class SseFrames {

	/** Names of the browser's own events. */
	private static final Set<String> BROWSER_EVENTS = Set.of("error", "open", "message");

	private static final Pattern LINE_BREAK = Pattern.compile("\\r\\n|[\\n\\r\\x0B\\f\\x1C-\\x1E\\x85\\u2028\\u2029]");

	private static final int MAX_NAME_LENGTH = 32;

	/**
	 * A comment with a text, because RESTEasy loses the next event's name after an empty
	 * one.
	 */
	private static final byte[] HEARTBEAT = ascii(": hb\n");

	private SseFrames() {
	}

	/**
	 * Returns the first lines of a stream.
	 * @param retry when a client that lost the stream reconnects
	 * @param browser whether the client is a browser
	 */
	public static byte[] prelude(Duration retry, boolean browser) {
		return ascii("retry: " + retry.toMillis() + "\n: progress-sse\n" + (browser ? "\n" : ""));
	}

	/**
	 * Returns the last lines of a stream whose client should reconnect.
	 */
	public static byte[] goodbye(Duration retry) {
		return ascii("retry: " + retry.toMillis() + "\n");
	}

	/**
	 * Returns a heartbeat that clients ignore.
	 */
	public static byte[] heartbeat() {
		return HEARTBEAT;
	}

	/**
	 * Returns a heartbeat that a page can receive. It contains times that a page cannot
	 * read from the stream.
	 * @param heartbeat the time without events after which the next heartbeat comes
	 * @param retry when a client that lost the stream reconnects
	 */
	public static byte[] ping(Duration heartbeat, Duration retry) {
		return ascii("event: ping\ndata: {\"heartbeatMs\":" + heartbeat.toMillis() + ",\"retryMs\":" + retry.toMillis()
				+ "}\n\n");
	}

	/**
	 * Writes an event without its id.
	 * @param name its name, {@code null} for none
	 * @param json writes JSON in UTF-8 without control characters
	 */
	public static void event(@Nullable String name, Consumer<FrameBuffer> json, FrameBuffer out) {
		checkOwnName(name);
		eventOfAnyName(name, json, out);
	}

	/**
	 * Writes an event without its id.
	 * @param name its name
	 * @param data its data
	 */
	public static void event(String name, JsonObject data, FrameBuffer out) {
		event(name, (json) -> PlainJson.write(data, json), out);
	}

	/**
	 * Writes an event without its id, for existing clients that expect a name of the
	 * browser's own events.
	 */
	public static void eventOfAnyName(@Nullable String name, Consumer<FrameBuffer> json, FrameBuffer out) {
		checkName(name);
		if (name != null) {
			out.ascii("event: ").ascii(name).ascii("\n");
		}
		out.ascii("data: ");
		int start = out.length();
		json.accept(out);
		out.makeOneLine(start);
		out.ascii("\n");
	}

	/**
	 * Writes an event with a text, without its id. Each line of the text becomes a
	 * {@code data} line, so that none can become a field of the frame.
	 * @param name its name, {@code null} for none
	 * @param text any text
	 * @param out gets the frame
	 */
	public static void text(@Nullable String name, String text, FrameBuffer out) {
		checkName(name);
		if (name != null) {
			out.ascii("event: ").ascii(name).ascii("\n");
		}
		for (String line : lines(text)) {
			out.ascii("data: ");
			out.write(line.getBytes(StandardCharsets.UTF_8));
			out.ascii("\n");
		}
	}

	/**
	 * Splits a text into lines. A line ends at each character that any client takes for a
	 * line break: browsers know three ways, Python's {@code splitlines} knows eleven.
	 * @param text any text
	 * @return at least one line, without line breaks, and with U+FFFD for NUL
	 */
	public static List<String> lines(String text) {
		return List.of(LINE_BREAK.split(text.replace('\0', '\uFFFD'), -1));
	}

	/**
	 * Writes the id and the end of an event.
	 */
	public static void end(EventId id, FrameBuffer out) {
		out.ascii("id: ").number(id.ms()).ascii("-").number(id.n()).ascii("\n\n");
	}

	/**
	 * Writes the id and the end of an event, with an id that does not come from a store.
	 */
	public static void end(String id, FrameBuffer out) {
		checkId(id);
		out.ascii("id: ").ascii(id).ascii("\n\n");
	}

	/**
	 * Writes the end of an event without an id.
	 */
	public static void end(FrameBuffer out) {
		out.ascii("\n");
	}

	public static void checkOwnName(@Nullable String name) {
		if (name != null && BROWSER_EVENTS.contains(name)) {
			throw new IllegalArgumentException("'event' must not be a name of the browser's own events, but is '" + name
					+ "'; choose another, or override 'usesBrowserEventNames' for clients that need it");
		}
	}

	public static void checkName(@Nullable String name) {
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
		boolean valid = !id.isEmpty() && id.length() <= OwnedCursor.MAX_LENGTH && consistsOf(id, (c) -> isLetter(c)
				|| isDigit(c) || (c >= 'A' && c <= 'Z') || c == '.' || c == '_' || c == '~' || c == '-');
		if (!valid) {
			throw new IllegalArgumentException("'id' must be 1 to " + OwnedCursor.MAX_LENGTH
					+ " characters of [A-Za-z0-9._~-], but has " + id.length() + " characters or others");
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
