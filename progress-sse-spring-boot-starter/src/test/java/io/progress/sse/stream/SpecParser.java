package io.progress.sse.stream;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An event stream as a browser reads it: WHATWG HTML, 9.2.6, word for word, and nothing
 * from the code under test.
 */
public final class SpecParser {

	private final List<Event> events = new ArrayList<>();

	private final StringBuilder data = new StringBuilder();

	private String eventType = "";

	private String lastEventIdBuffer = "";

	private String lastEventId = "";

	private int retry = -1;

	public static List<Event> parse(byte[] stream) {
		SpecParser parser = new SpecParser();
		parser.feed(stream);
		return parser.events;
	}

	public List<Event> take() {
		List<Event> taken = List.copyOf(this.events);
		this.events.clear();
		return taken;
	}

	public int retry() {
		return this.retry;
	}

	/**
	 * Reads whole lines.
	 */
	public void feed(byte[] stream) {
		String text = new String(stream, StandardCharsets.UTF_8);
		int start = 0;
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c == '\n' || c == '\r') {
				line(text.substring(start, i));
				if (c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n') {
					i++;
				}
				start = i + 1;
			}
		}
	}

	private void line(String line) {
		if (line.isEmpty()) {
			dispatch();
			return;
		}
		int colon = line.indexOf(':');
		if (colon == 0) {
			return;
		}
		String field = (colon > 0) ? line.substring(0, colon) : line;
		String value = (colon > 0) ? line.substring(colon + 1) : "";
		field(field, value.startsWith(" ") ? value.substring(1) : value);
	}

	private void field(String field, String value) {
		switch (field) {
			case "event" -> this.eventType = value;
			case "data" -> this.data.append(value).append('\n');
			case "id" -> this.lastEventIdBuffer = (value.indexOf('\0') < 0) ? value : this.lastEventIdBuffer;
			case "retry" -> this.retry = value.matches("[0-9]+") ? Integer.parseInt(value) : this.retry;
			default -> {
			}
		}
	}

	private void dispatch() {
		this.lastEventId = this.lastEventIdBuffer;
		if (this.data.isEmpty()) {
			this.eventType = "";
			return;
		}
		this.data.setLength(this.data.length() - 1);
		this.events.add(new Event(this.eventType.isEmpty() ? "message" : this.eventType, this.data.toString(),
				this.lastEventId));
		this.data.setLength(0);
		this.eventType = "";
	}

	public record Event(String type, String data, String lastEventId) {

	}

}
