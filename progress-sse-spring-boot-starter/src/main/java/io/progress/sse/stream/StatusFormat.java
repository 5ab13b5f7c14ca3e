package io.progress.sse.stream;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.progress.sse.event.JobState;
import io.progress.sse.event.ProgressEvent;

/**
 * Events without a name; a status in the data tells them apart.
 */
final class StatusFormat implements ProgressEventFormat {

	@Override
	public String name() {
		return "status";
	}

	@Override
	public @Nullable String eventName(ProgressEvent event) {
		return null;
	}

	@Override
	public boolean isShown(ProgressEvent event) {
		return !Wording.isSilentStart(event);
	}

	@Override
	public Object data(ProgressEvent event) {
		JsonObject json = new JsonObject().with("status", Wording.status(event));
		if (event.state() == JobState.DONE) {
			json.with("progress", 100);
			json.with("message", Wording.message(event));
			json.with("step", Wording.step(event));
			json.with("data", (event.result() != null) ? event.result() : Map.of());
		}
		else if (event.isTerminal()) {
			json.with("progress", Wording.percent(event));
			json.with("message", Wording.reason(event));
		}
		else {
			json.with("progress", Wording.percent(event));
			json.with("message", Wording.message(event));
			json.with("step", Wording.step(event));
		}
		return json;
	}

}
