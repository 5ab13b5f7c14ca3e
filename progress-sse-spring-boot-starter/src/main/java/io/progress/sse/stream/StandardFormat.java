package io.progress.sse.stream;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.ProgressEvent;

/**
 * The format of progress-sse itself: all that is known, nothing that is not.
 */
final class StandardFormat implements ProgressEventFormat {

	@Override
	public String name() {
		return "standard";
	}

	@Override
	public String eventName(ProgressEvent event) {
		return event.isTerminal() ? event.state().wireName() : "progress";
	}

	@Override
	public Object data(ProgressEvent event) {
		Map<String, @Nullable Object> json = outline(event);
		if (!event.data().isEmpty()) {
			json.put("data", event.data());
		}
		putIfKnown(json, "result", event.result());
		return json;
	}

	/**
	 * Everything but what the application attached.
	 */
	static Map<String, @Nullable Object> outline(ProgressEvent event) {
		Map<String, @Nullable Object> json = new LinkedHashMap<>(24);
		json.put("jobId", event.jobId().value());
		json.put("job", event.job());
		putIfKnown(json, "parent", (event.parent() != null) ? event.parent().value() : null);
		json.put("state", event.state().wireName());
		json.put("attempt", event.attempt());
		putIfKnown(json, "phase", Wording.phase(event));
		putIfKnown(json, "message", event.message());
		putIfKnown(json, "progress", event.progress().fraction());
		putIfKnown(json, "completed", event.progress().completed());
		putIfKnown(json, "total", event.progress().total());
		putIfKnown(json, "unit", event.progress().unit());
		putIfKnown(json, "ratePerSecond", event.progress().ratePerSecond());
		putIfKnown(json, "etaMs", (event.progress().eta() != null) ? event.progress().eta().toMillis() : null);
		if (event.stalled()) {
			json.put("stalled", true);
		}
		if (event.coalesced() > 0) {
			json.put("coalesced", event.coalesced());
		}
		if (event.note() != null) {
			json.put("note", Map.of("level", Wording.level(event.note()), "text", event.note().text()));
		}
		if (event.error() != null) {
			Map<String, String> error = new LinkedHashMap<>();
			error.put("code", event.error().code());
			error.put("message", event.error().message());
			json.put("error", error);
		}
		putIfKnown(json, "durationMs", (event.duration() != null) ? event.duration().toMillis() : null);
		json.put("occurredAt", event.occurredAt().toString());
		return json;
	}

	private static void putIfKnown(Map<String, @Nullable Object> json, String name, @Nullable Object value) {
		if (value != null) {
			json.put(name, value);
		}
	}

}
