package io.progress.sse.boxtests;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Reads the events of a stream. Waits for each.
 */
final class EventReader implements AutoCloseable {

	private final BufferedReader lines;

	EventReader(HttpResponse<InputStream> response) throws IOException {
		this.lines = new BufferedReader(new InputStreamReader(BoxClient.body(response), StandardCharsets.UTF_8));
	}

	/**
	 * The next event; {@code null} at the end of the stream.
	 */
	@Nullable Event next() throws IOException {
		Map<String, String> fields = new HashMap<>();
		for (String line = this.lines.readLine(); line != null; line = this.lines.readLine()) {
			int colon = line.indexOf(": ");
			if (colon > 0) {
				fields.put(line.substring(0, colon), line.substring(colon + 2));
			}
			if (line.isEmpty() && fields.containsKey("data")) {
				return new Event(fields.getOrDefault("event", "message"), fields.get("data"), fields.get("id"));
			}
		}
		return null;
	}

	/**
	 * The next event that has a text in its data.
	 */
	Event next(String text) throws IOException {
		for (Event event = next(); event != null; event = next()) {
			if (event.data().contains(text)) {
				return event;
			}
		}
		throw new IOException("The stream ended before an event with " + text);
	}

	@Override
	public void close() throws IOException {
		this.lines.close();
	}

	record Event(String name, String data, @Nullable String id) {

	}

}
