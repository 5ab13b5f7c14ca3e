package io.progress.sse.stream.format;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;
import io.progress.sse.stream.frame.JsonObject;

/**
 * Sends events without a name; a status in the data distinguishes them.
 */
final class StatusFormat implements StatelessFormat {

	@Override
	public String name() {
		return "status";
	}

	@Override
	public @Nullable String eventName(ProgressEvent event) {
		return null;
	}

	@Override
	public Object data(ProgressEvent event) {
		JsonObject json = new JsonObject().with("status", FormatSupport.status(event));
		if (event.state() == JobState.DONE) {
			json.with("progress", 100);
			json.with("message", FormatSupport.message(event));
			json.with("step", FormatSupport.step(event));
			json.with("data", (event.result() != null) ? event.result() : Map.of());
		}
		else if (event.isTerminal()) {
			json.with("progress", FormatSupport.percent(event));
			json.with("message", FormatSupport.reason(event));
		}
		else {
			json.with("progress", FormatSupport.percent(event));
			json.with("message", FormatSupport.message(event));
			json.with("step", FormatSupport.step(event));
		}
		return json;
	}

}
